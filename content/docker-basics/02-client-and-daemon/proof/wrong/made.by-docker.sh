# answer: userAgent
docker run -d --name by-hand busybox sleep 1d
