# for five
docker service scale web=5
# for killed
docker rm -f $(docker ps -q | head -n 1)
until docker service ps web --filter desired-state=shutdown -q | grep -q .; do sleep 1; done
