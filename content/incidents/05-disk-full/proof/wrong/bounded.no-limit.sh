# answer: may grow beyond 1 MB
docker rm -f chatty
docker run -d --name chatty busybox sh -c "while :; do echo still here; sleep 1; done"
