# answer: no container uses, named or not
docker rmi hello-world
