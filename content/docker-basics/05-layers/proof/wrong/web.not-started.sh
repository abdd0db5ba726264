# answer: running
docker create --name web nginx
