# for version-two
cd ~/greeter
sed -i 's/^VERSION = 1$/VERSION = 2/' app.py
docker build -t localhost:5000/team/greeter:2 .
docker push localhost:5000/team/greeter:2
# for how-many-layers
# on node2
docker pull node1:5000/team/greeter:2
# give how-many-layers: 1
# for updated
docker rm -f greeter
docker run -d --name greeter -p 8080:8000 -e GREETING={{word}} node1:5000/team/greeter:2
curl --silent --retry 9 --retry-delay 1 --retry-all-errors localhost:8080
