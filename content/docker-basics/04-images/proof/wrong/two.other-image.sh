# answer: image
docker run -d --name cache1 redis
docker run -d --name cache2 busybox sleep 1d
