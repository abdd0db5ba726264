# answer: nothing has been swept
docker exec registry registry garbage-collect --dry-run /etc/docker/registry/config.yml
