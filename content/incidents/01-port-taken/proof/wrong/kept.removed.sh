# answer: start the lesson again
docker rm -f {{word}}
