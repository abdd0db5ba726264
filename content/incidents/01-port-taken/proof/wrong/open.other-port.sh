# answer: ports
docker rm shop
docker run -d --name shop -p 8081:80 nginx
