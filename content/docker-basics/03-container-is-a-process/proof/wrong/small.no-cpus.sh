# answer: cpus
docker run -d --name small --memory 64m busybox sleep 1d
