# answer: present
docker tag drydock/web:1.0 localhost:5000/web:1
docker push localhost:5000/web:1
