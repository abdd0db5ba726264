# answer: cpus
docker run -d --name busy --cpus 1 busybox sleep 60
