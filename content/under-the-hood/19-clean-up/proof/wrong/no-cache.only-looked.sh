# answer: cache still holds
sleep 5
docker system df
