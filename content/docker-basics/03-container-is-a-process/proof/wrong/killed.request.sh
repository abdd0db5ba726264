# answer: exitCode
kill $(docker inspect --format '{{.State.Pid}}' sleeper)
