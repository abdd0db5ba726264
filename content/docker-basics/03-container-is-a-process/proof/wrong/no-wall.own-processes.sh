# answer: pidMode
docker run --name nosy busybox ps
