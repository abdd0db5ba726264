# give its-code: $(docker inspect --format '{{.State.ExitCode}}' api)
# give what-zero-means: Its main program thinks that its work is done
