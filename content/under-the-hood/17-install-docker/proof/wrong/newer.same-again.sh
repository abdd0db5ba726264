# answer: newest docker.io is not installed
apt-get install -y 'docker.io=20.10.*'
