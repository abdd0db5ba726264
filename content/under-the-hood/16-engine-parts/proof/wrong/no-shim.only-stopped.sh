# answer: exitCode
sleep 6
docker stop web
