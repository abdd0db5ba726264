# answer: is not http://node1:5000
# on node2
cat > /etc/docker/daemon.json <<'END'
{
  "registry-mirrors": ["http://node1:5000"]
}
END
sleep 3
docker info --format '{{.RegistryConfig.Mirrors}}'
