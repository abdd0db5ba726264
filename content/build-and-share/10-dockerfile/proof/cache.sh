# for second-edition
echo '<p>Second edition</p>' >> index.html
docker build -t site:2 .
# for ran-again
# give ran-again: It stands after COPY, and what COPY copied had changed
