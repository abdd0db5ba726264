# answer: may grow beyond 1 MB
docker start chatty
