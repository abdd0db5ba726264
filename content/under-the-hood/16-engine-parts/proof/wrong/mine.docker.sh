# answer: no running container named mine
docker run -d --name mine busybox sleep 1d
