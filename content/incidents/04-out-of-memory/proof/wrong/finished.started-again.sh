# answer: 137
docker start -a report
