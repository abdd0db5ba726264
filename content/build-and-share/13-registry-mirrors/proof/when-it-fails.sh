# for second-way
docker stop mirror
# on node2
cat > /etc/docker/daemon.json <<'END'
{
  "registry-mirrors": ["http://node1:5000", "http://mirror.drydock:5000"]
}
END
service docker restart
docker pull drydock/api
sleep 3
# for back-again
# on node1
docker start mirror
until curl -s localhost:5000/v2/; do sleep 1; done
