# for created
docker create --name web nginx
# for started
docker start web
