# answer: a colon between
docker pull redis 8
