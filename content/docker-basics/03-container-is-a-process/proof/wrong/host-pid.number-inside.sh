# answer: too few
# give host-pid: 1
