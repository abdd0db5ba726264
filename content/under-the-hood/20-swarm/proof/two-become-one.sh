# for init
docker swarm init --advertise-addr eth0
# for join
docker swarm join-token -q worker | nc -lN 7000 &
# on node2
docker swarm join --token $(nc -d node1 7000) node1:2377
# for who-plans
# give who-plans: node1, the manager
