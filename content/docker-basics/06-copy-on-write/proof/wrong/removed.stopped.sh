# answer: removed
docker stop web1
