# answer: containers that do not run
sleep 3
docker rm import
