# answer: without -v
docker compose down -v
