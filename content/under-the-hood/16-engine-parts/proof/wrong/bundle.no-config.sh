# answer: runc spec
mkdir -p bundle/rootfs
docker create --name export-me busybox
docker export export-me | tar -x -C bundle/rootfs
docker rm export-me
