# answer: present
docker pull redis:8
