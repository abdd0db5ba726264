# answer: outOfMemory
docker run --name hungry --memory 64m busybox true
