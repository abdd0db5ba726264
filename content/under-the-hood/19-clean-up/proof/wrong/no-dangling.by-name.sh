# answer: without a name
sleep 5
docker rmi album
