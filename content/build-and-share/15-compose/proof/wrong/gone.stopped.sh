# answer: removed
docker compose stop
