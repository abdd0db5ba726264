# for page
docker run -d --name page -p 80:80 docker/getting-started
# for second
docker run -d --name second -p 8081:80 docker/getting-started
