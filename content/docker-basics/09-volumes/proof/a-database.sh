# for kv
docker run -d --name kv -v kvdata:/data redis
# for kv2
until docker exec kv redis-cli set fruit {{fruit}}; do :; done
docker exec kv redis-cli save
docker rm -f kv
docker run -d --name kv2 -v kvdata:/data redis
