# for enter
nsenter --net --target $(docker inspect --format '{{.State.Pid}}' sleeper) ip -brief addr
# for make
unshare --pid --fork --mount-proc --uts sh -c 'hostname mine; hostname; ps -ef'
