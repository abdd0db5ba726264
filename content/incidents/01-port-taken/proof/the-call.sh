# for seen
docker run -d --name shop -p 8080:80 nginx
# for who
# give who: $(docker ps --filter publish=8080 --format '{{.Names}}')
