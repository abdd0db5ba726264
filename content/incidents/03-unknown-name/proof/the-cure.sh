docker network create back
docker network connect back web
docker network connect back db
until curl -s localhost:8080 | grep -q 'db answers'; do sleep 1; done
