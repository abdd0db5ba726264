# answer: is not http://node1:5000
sleep 4
cat > /etc/docker/daemon.json <<'END'
{
  "registry-mirrors": ["http://node1:5000"]
}
END
service docker restart
docker info --format '{{.RegistryConfig.Mirrors}}'
