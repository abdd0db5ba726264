# for pulled
docker pull redis
# for second-tag
docker pull redis:8
