# answer: image
# on node2
docker pull node1:5000/team/greeter:2
docker restart greeter
