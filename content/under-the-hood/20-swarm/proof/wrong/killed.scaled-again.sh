# answer: has not had to replace
docker service scale web=5
