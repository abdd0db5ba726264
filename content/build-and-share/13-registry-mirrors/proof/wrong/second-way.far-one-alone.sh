# answer: does not know both
docker stop mirror
# on node2
cat > /etc/docker/daemon.json <<'END'
{
  "registry-mirrors": ["http://mirror.drydock:5000"]
}
END
service docker restart
docker pull drydock/api
