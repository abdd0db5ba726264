# answer: does not ask
docker stop -t 1 stubborn
