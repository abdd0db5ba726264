# for why-here
# give why-here: node1 used the name localhost, which Docker excepts
# for trusted
# on node2
jq '. + {"insecure-registries": ["node1:5000"]}' /etc/docker/daemon.json > /tmp/new.json
cp /tmp/new.json /etc/docker/daemon.json
service docker restart
# for runs-there
docker run -d --name greeter -p 8080:8000 -e GREETING={{word}} node1:5000/team/greeter:1
curl --silent --retry 9 --retry-delay 1 --retry-all-errors localhost:8080
