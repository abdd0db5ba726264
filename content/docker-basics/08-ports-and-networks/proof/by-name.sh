# for network
docker network create shop
# for together
docker run -d --name db --network shop redis
docker run -d --name web --network shop busybox sleep 1d
# for knows
docker exec web ping -c 1 db
