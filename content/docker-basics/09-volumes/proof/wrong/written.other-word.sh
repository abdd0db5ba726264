# answer: contains
docker run --rm -v notes:/data busybox sh -c 'echo nothing > /data/list'
