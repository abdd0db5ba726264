# answer: present
docker run -d --name registry -p 5000:5000 registry
docker tag greeter:1 localhost:5000/greeter:1
docker push localhost:5000/greeter:1
