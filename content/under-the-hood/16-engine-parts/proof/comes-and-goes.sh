# for called
jq '.runtimes.noisy.path = "/root/noisy-runc"' /etc/docker/daemon.json > daemon.json
cp daemon.json /etc/docker/daemon.json
kill -HUP $(pgrep -x dockerd)
until docker run --rm --runtime noisy busybox true; do sleep 0.2; done
# for not-there
# give not-there: It starts the container's process and ends; the shim stays
