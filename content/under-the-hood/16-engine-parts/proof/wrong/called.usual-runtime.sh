# answer: without it the container runs with the usual runc
docker run --rm busybox true
