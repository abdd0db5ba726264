# for mirror-runs
docker run -d --name mirror -p 5000:5000 --restart unless-stopped -e REGISTRY_PROXY_REMOTEURL=http://mirror.drydock:5000 registry
# for push-to-it
# give push-to-it: No, it only hands out
