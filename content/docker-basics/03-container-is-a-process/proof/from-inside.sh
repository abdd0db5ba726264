# for no-wall
docker start sleeper
docker exec sleeper ps
docker run --name nosy --pid host busybox ps
