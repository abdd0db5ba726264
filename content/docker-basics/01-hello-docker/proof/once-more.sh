# for second-run
docker run hello-world
# for how-many
# give how-many: $(docker ps -aq --filter ancestor=hello-world | wc -l)
