# answer: memory
docker update --cpus 1 small
