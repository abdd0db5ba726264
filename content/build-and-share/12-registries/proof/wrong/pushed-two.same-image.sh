# answer: is not drydock/web:2.0
docker tag drydock/web:1.0 localhost:5000/team/web:2
docker push localhost:5000/team/web:2
