# answer: present
echo notes.txt > .dockerignored
docker build -t site:5 .
docker run -d --name clean site:5
