# answer: typed on node1
docker run -d --name far busybox sleep 1d
