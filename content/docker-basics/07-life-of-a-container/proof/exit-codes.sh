# for three
docker run --name three busybox sh -c 'exit 3'
# for not-found
docker run --rm busybox nosuch
# give not-found: 127
