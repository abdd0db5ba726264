# answer: five of five
docker service scale web=4
