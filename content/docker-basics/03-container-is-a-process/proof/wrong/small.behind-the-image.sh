# answer: memory
docker run -d --name small busybox sleep 1d --memory 64m --cpus 0.5
