# answer: with its data
docker volume prune -a -f
