# for web
docker run -d --name web nginx
# for tidy
docker stop web
docker rm web
