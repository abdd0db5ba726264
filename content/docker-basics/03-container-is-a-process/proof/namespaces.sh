# for list-them
lsns -p $(docker inspect --format '{{.State.Pid}}' sleeper)
# for not-its-own
# give not-its-own: user
