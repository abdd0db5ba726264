# for two
docker run -d --name cache1 redis
docker run -d --name cache2 redis
# for red
docker exec cache1 redis-cli set colour red
# for other-one
# give other-one: Nothing: it has never heard of it
