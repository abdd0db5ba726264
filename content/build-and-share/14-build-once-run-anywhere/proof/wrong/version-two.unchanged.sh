# answer: are the same image
docker build -t localhost:5000/team/greeter:2 .
docker push localhost:5000/team/greeter:2
