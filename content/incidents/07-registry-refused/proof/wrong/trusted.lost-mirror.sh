# answer: have lost registry-mirrors
echo '{"insecure-registries": ["node1:5000"]}' > /etc/docker/daemon.json
service docker restart
