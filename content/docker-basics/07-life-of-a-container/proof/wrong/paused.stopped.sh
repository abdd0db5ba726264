# answer: button of a player
docker stop web
