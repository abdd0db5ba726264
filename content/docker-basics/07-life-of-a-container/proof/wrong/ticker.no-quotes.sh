# answer: running
docker run -d --name ticker busybox n=0; while true; do echo tick; break; done
