# answer: three of three
docker service create --name web --replicas 2 nginx
