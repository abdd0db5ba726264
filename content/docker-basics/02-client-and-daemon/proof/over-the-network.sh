# for open
# on node2
cp ~/open-door.json /etc/docker/daemon.json
service docker restart
# for far
# on node1
docker -H tcp://node2:2375 run -d --name far busybox sleep 1d
# for where-runs
# give where-runs: On node2, where the daemon runs
