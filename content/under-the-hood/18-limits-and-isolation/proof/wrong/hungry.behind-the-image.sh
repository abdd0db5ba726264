# answer: memory
docker run --name hungry busybox true --memory 64m
