docker network create back
docker network connect back web
docker network connect back db
