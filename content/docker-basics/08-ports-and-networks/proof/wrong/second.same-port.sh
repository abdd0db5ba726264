# answer: ports
docker run -d --name second -p 80:8081 docker/getting-started
