docker run -d --name tick busybox sleep 1000
