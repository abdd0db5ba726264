# for scaled
sed -i 's/"8080:80"/"80"/' compose.yaml
docker compose up -d --scale web=3
# for untouched
# give untouched: Nothing, it was as the file wants it
