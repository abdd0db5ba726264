# for same-id
# on node2
# give same-id: $(docker images -q node1:5000/team/greeter:1)
# for not-in-it
# give not-in-it: The kernel
