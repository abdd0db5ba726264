# answer: went with container prune
# give keeps: A container uses it
