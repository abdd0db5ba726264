# for survey
docker system df
# for stopped
# give stopped: $(docker ps -aq --filter status=exited | wc -l)
