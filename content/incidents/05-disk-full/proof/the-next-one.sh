# for bounded
docker rm -f chatty
docker run -d --name chatty --log-opt max-size=1m busybox sh -c "while :; do echo still here; sleep 1; done"
