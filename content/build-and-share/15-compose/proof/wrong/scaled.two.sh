# answer: count
sed -i 's/"8080:80"/"80"/' compose.yaml
docker compose up -d --scale web=2
