docker run hello-world
sleep 3
docker run -d --name web nginx
