# for asked
docker inspect report --format '{{json .State}}' | jq .
# for how-much
# give how-much: $(docker inspect --format "{{.HostConfig.Memory}}" report | awk "{print \$1 / 1048576}")
