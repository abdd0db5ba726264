# answer: networks
docker rm -f spy
docker run -d --name spy --network shop busybox sleep 1d
