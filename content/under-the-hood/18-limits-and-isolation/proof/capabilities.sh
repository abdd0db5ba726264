# for how-many
# give how-many: $(capsh --decode=$(docker run --rm busybox grep CapEff /proc/self/status | cut -f 2) | tr , '\n' | wc -l)
# for card
docker run --name tuner --cap-add NET_ADMIN busybox ip link set lo down
# for powerless
docker run --name powerless --cap-drop ALL busybox chown 1000 /etc/passwd
