# answer: opposite of save
docker pull busybox
