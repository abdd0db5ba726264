# for spy
docker network create office
docker run -d --name spy --network office busybox sleep 1d
# for why-not
# give why-not: They are on different networks, and Docker lets nothing pass between these
