# answer: too small
# give host-pid: 1
