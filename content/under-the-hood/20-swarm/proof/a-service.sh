# for three
docker service create --name web --replicas 3 nginx
# for spread
# give spread: $(docker service ps web --filter desired-state=running --format '{{.Node}}' | grep -c node2)
