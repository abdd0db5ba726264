# for what-is-latest
# give what-is-latest: Nothing but an error
# for latest-pushed
docker tag drydock/web:1.0 localhost:5000/team/web
docker push localhost:5000/team/web
