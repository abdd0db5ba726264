# answer: exitCode
docker run -d --name stubborn busybox sh -c 'trap exit TERM; while true; do sleep 1; done'
docker stop stubborn
