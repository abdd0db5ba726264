# for complains
docker logs --tail 3 photos
# for where
# give where: The volume uploads, mounted at /data
# for fat-file
# give fat-file: $(docker exec photos ls -S /data | head -n 1)
