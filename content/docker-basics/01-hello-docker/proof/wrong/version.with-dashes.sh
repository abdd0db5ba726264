# answer: without dashes
docker --version
