# answer: name
docker run -d --name web1 nginx
