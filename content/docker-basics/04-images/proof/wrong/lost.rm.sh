# answer: docker rmi
docker rm busybox
