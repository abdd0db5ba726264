# for moved
# on node2
service docker stop
# on node1
until [ "$(docker ps -q | wc -l)" = 5 ]; do sleep 1; done
docker node ls
# for how-knew
# give how-knew: The manager: it compares what runs with what was asked for
