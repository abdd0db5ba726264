# answer: on node1
# on node2
curl node2:8080
