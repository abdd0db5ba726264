# answer: still wants HTTPS
# on node2
jq '. + {"insecure-registries": ["node1:5000"]}' /etc/docker/daemon.json > /tmp/new.json
cp /tmp/new.json /etc/docker/daemon.json
