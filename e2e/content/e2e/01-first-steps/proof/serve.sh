# for web-on-8080
docker run -d --name web -p 8080:80 nginx
# for how-many
# give how-many: $(docker ps -q | wc -l)
