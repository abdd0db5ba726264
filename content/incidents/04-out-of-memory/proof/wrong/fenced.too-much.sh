# answer: memory
docker update --memory 640m --memory-swap 640m cache
