# for hidden
docker run -d --name hidden docker/getting-started
# for its-address
# give its-address: $(docker inspect --format '{{.NetworkSettings.IPAddress}}' hidden)
