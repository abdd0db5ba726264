# for registry-runs
docker run -d --name registry -p 5000:5000 -v registry-data:/var/lib/registry -e REGISTRY_STORAGE_DELETE_ENABLED=true registry
