# answer: present
docker rm -f cache1 cache2
