# answer: may grow beyond 1 MB
docker rm -f chatty
docker run -d --name chatty --log-driver local --log-opt max-size=1m busybox sh -c "while :; do echo still here; sleep 1; done"
