# answer: no max-size
docker rm -f {{loud}}
docker run -d --name {{loud}} --log-opt max-file=2 busybox sh -c 'while :; do date; sleep 10; done'
