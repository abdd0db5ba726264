# for talker
# give talker: $(docker inspect --format '{{.Id}}' {{loud}})
# for emptied
truncate -s 0 $(docker inspect --format '{{.LogPath}}' {{loud}})
# for bounded
docker rm -f {{loud}}
docker run -d --name {{loud}} --log-opt max-size=1m --log-opt max-file=2 busybox sh -c 'while :; do date; sleep 10; done'
