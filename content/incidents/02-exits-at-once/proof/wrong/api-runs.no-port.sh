# answer: ports
docker rm api
docker run -d --name api -e API_TOKEN=$(cat ~/api/token.txt) api:1
