# for first-pull
# on node2
docker pull hello-world
# for which-mirror
# give which-mirror: mirror.drydock:5000
