# answer: user
docker run --name guest busybox cat /etc/shadow
