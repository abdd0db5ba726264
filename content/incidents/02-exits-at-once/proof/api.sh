# for last-words
docker logs api
# for api-runs
docker rm api
docker run -d --name api -p 8080:80 -e API_TOKEN=$(cat ~/api/token.txt) api:1
