# answer: name
docker run -d --name cache1 redis
docker run -d --name cache1 redis
