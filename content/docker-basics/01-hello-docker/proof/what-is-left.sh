# for list-images
docker images
# for list-all
docker ps -a
# for its-name
# give its-name: $(docker ps -a --format '{{.Names}}')
