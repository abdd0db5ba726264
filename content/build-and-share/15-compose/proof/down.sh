# for gone
docker compose down
