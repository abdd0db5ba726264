# answer: image
docker run -d --name web busybox sleep 1d
