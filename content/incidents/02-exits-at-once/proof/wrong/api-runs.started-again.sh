# answer: env
docker start api
