# for removed
docker stop web1
docker rm web1
# for where-now
# give where-now: In a layer of my-web:1
