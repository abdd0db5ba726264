# for newer
apt-get install -y docker.io
# for both-new
service docker restart
# for kept
# give kept: It is still there: containers and images lie in /var/lib/docker, not in the package
