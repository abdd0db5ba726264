# answer: count
docker run --rm busybox true
