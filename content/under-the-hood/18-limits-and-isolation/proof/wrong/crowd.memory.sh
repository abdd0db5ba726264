# answer: pids
docker run --name crowd --memory 64m busybox true
