# for removed
docker exec photos sh -c 'rm /data/*.dump'
# for stores
docker exec photos sleep 2
docker logs --tail 1 photos
