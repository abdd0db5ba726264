# for no-dangling
docker image prune -f
# for only-used
docker image prune -a -f
# for why-zero
# give why-zero: The build cache still used the same layers
# for no-cache
docker builder prune -f
