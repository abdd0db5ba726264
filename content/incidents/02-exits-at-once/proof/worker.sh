# for worker-runs
docker rm worker
docker run -d --name worker worker:1 --foreground
