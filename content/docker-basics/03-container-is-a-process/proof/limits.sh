# for small
docker run -d --name small --memory 64m --cpus 0.5 busybox sleep 1d
# for in-bytes
# give in-bytes: $(find /sys/fs/cgroup -path "*$(docker inspect --format '{{.Id}}' small)/memory.*" \( -name memory.max -o -name memory.limit_in_bytes \) -exec cat {} +)
# for raise
docker update --memory 96m small
