# answer: not been given its token
docker start api
