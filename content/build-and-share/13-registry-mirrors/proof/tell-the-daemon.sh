# for told
# on node2
cat > /etc/docker/daemon.json <<'END'
{
  "registry-mirrors": ["http://node1:5000"]
}
END
service docker restart
