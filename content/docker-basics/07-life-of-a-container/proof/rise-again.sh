# for phoenix
docker run -d --name phoenix --restart unless-stopped nginx
# for how-often
kill -9 $(docker inspect --format '{{.State.Pid}}' phoenix)
sleep 1
# give how-often: 1
# for tidy
docker rm -f web phoenix
