# for digest
# give digest: $(docker images --digests --format '{{.Digest}}' redis | head -1)
# for own-name
docker pull $(docker inspect --format '{{index .RepoDigests 0}}' redis)
docker tag redis:8 my-redis:tested
