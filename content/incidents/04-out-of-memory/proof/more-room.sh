# for finished
docker update --memory 128m --memory-swap 128m report
docker start -a report
