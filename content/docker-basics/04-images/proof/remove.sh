# for only-untagged
docker rmi redis:8
# give only-untagged: The image has other names left
# for all-gone
docker rm -f cache1 cache2
docker rmi my-redis:tested redis:latest
