# for no-anonymous
docker volume prune -f
# for keeps
# give keeps: Somebody gave it a name
