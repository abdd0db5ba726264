# answer: may grow for ever
docker start chatty
