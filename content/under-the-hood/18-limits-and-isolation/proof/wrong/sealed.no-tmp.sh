# answer: no /tmp in memory
docker run --name sealed --read-only busybox true
