# for fenced
docker update --memory 64m --memory-swap 64m cache
