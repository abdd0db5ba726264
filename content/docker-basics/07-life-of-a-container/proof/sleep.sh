# for paused
docker pause web
# for unpaused
docker unpause web
