# for who-may
# give who-may: Anybody who reaches the port, and each of them is root on node2
# for closed
# on node2
jq 'del(.hosts, .tls)' ~/open-door.json > /etc/docker/daemon.json
service docker restart
