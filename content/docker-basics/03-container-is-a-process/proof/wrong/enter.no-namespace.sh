# answer: line
nsenter --target $(docker inspect --format '{{.State.Pid}}' sleeper) ip -brief addr
