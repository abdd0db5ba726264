# for kept
docker stop {{word}}
# for open
docker start shop
