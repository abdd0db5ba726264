# for sealed
docker run --name sealed --read-only --tmpfs /tmp busybox touch /tmp/note
# for nobody
docker run --name guest --user 1000 busybox cat /etc/shadow
