# for bundle
mkdir -p bundle/rootfs
docker create --name template busybox
docker export template | tar -x -C bundle/rootfs
runc spec --bundle bundle
# for mine
jq '.process.args = ["sleep", "1d"] | .process.terminal = false' bundle/config.json > config.json
cp config.json bundle/config.json
runc run -d --bundle bundle mine
