# for joined
docker network connect shop spy
# for alone
docker run --name alone --network none busybox ip addr
