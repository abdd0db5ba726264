# answer: Type apt-get update
apt-cache search docker
