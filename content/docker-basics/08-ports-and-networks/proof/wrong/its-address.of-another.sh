# answer: is not it
# give its-address: $(docker inspect --format '{{.NetworkSettings.IPAddress}}' page)
