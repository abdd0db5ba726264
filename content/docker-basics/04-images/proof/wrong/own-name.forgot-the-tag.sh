# answer: present
docker tag redis:8 my-redis
