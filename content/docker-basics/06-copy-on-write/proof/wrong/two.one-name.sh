# answer: name
docker run -d --name web1 nginx
docker run -d nginx
