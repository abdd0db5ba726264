# answer: may grow beyond 1 MB
docker rm -f chatty
docker run -d --name chatty --log-opt max-size=1m --log-opt max-file=10 busybox sh -c "while :; do echo still here; sleep 1; done"
