# answer: removed
docker stop cache1 cache2
