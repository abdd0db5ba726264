# answer: mounts
docker rm -f kv
docker run -d --name kv2 -v kvdata2:/data redis
