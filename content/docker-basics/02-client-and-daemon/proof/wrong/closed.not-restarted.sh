# answer: still listens on port 2375
# on node2
jq 'del(.hosts, .tls)' ~/open-door.json > /etc/docker/daemon.json
