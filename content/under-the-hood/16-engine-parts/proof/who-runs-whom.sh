# for web
docker run -d --name web nginx
# for parent
# give parent: $(ps -o ppid= -p $(docker inspect --format '{{.State.Pid}}' web))
