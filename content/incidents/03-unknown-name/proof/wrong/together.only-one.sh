# answer: containers
docker network create back
docker network connect back web
