# answer: env
# on node2
docker run -d --name greeter -p 8080:8000 node1:5000/team/greeter:1
