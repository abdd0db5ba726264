# answer: it exited with 0
docker start worker
