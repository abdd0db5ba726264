# answer: still the dockerd that made web
sleep 5
docker stop web
