# answer: removed
docker rm web
