# answer: the cache on node1 does not hold
# on node2
docker pull node1:5000/drydock/web
