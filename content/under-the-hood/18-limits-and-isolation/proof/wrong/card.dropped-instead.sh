# answer: capAdd
docker run --name tuner --cap-drop NET_ADMIN busybox ip link set lo down
