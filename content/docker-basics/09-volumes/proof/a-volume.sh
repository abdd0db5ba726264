# for made
docker volume create notes
# for written
docker run --rm -v notes:/data busybox sh -c 'echo {{fruit}} > /data/list'
# for mountpoint
# give mountpoint: $(docker volume inspect --format '{{.Mountpoint}}' notes)
