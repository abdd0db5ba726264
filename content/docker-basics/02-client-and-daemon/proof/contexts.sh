# for context
docker context create node2 --docker host=tcp://node2:2375
# for farther
docker --context node2 run -d --name farther busybox sleep 1d
