# answer: running
docker create --name tick busybox sleep 1000
