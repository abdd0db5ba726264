# answer: line
docker ps
