# answer: networks
docker run -d --name db redis
docker run -d --name web --network shop busybox sleep 1d
