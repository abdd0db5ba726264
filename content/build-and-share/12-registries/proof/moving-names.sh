# for moved
docker tag drydock/web:2.0 localhost:5000/team/web
docker push localhost:5000/team/web
# for digest-of-one
# give digest-of-one: $(docker images --digests --format '{{.Tag}} {{.Digest}}' localhost:5000/team/web | sed -n 's/^1 //p' | cut -c8-15)
