# for logs
docker compose logs web
# for visits
# give visits: $(docker exec counter-store-1 redis-cli get visits)
