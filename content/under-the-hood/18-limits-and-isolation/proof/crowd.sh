docker rm -f busy
docker run --name crowd --pids-limit 20 busybox sh -c 'while :; do sleep 60 & done'
