# answer: it ran out of memory
docker start -a report
