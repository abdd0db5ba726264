# give exit-code: $(docker inspect --format '{{.State.ExitCode}}' report)
# give which-signal: SIGKILL, number 9
