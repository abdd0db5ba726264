# for what-goes
# give what-goes: The tag 1 alone
# for deleted
digest=$(docker images --digests --format '{{.Tag}} {{.Digest}}' localhost:5000/team/web | sed -n 's/^2 //p')
curl -i -X DELETE localhost:5000/v2/team/web/manifests/$digest
# for swept
docker exec registry registry garbage-collect /etc/docker/registry/config.yml
