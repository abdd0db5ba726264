# for version
docker version
# for who-runs
# give who-runs: The server, the daemon dockerd
