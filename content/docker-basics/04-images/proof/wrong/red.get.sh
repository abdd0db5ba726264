# answer: line
docker exec cache1 redis-cli get colour
