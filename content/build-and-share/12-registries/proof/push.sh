# for pushed-one
docker tag drydock/web:1.0 localhost:5000/team/web:1
docker push localhost:5000/team/web:1
# for which-part
# give which-part: team/web
# for pushed-two
docker tag drydock/web:2.0 localhost:5000/team/web:2
docker push localhost:5000/team/web:2
