# answer: 20.10 of docker.io is not installed
apt-get install -y docker.io
