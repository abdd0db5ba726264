# for older
apt-get install -y 'docker.io=20.10.*'
# for service
service docker stop
service docker start
# for hello
docker run hello-world
