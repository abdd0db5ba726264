# answer: removed
docker stop web
