# for killed
kill -9 $(pgrep -x dockerd)
until docker ps; do sleep 0.2; done
# for outlives
docker start web
jq '."live-restore" = true' /etc/docker/daemon.json > daemon.json
cp daemon.json /etc/docker/daemon.json
kill -HUP $(pgrep -x dockerd)
until docker info | grep 'Live Restore Enabled: true'; do sleep 0.2; done
kill -9 $(pgrep -x dockerd)
until docker ps; do sleep 0.2; done
