# for up
cd ~/counter
cat > compose.yaml <<'END'
services:
  web:
    build: .
    ports: ["8080:80"]
    depends_on: [store]
  store:
    image: redis
    volumes: ["visits:/data"]
volumes:
  visits:
END
docker compose up -d
# for counts
until curl -s localhost:8080; do :; done
curl localhost:8080
# for made-too
# give made-too: A network on which the two find each other by name
