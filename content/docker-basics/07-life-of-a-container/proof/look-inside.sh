# for last-word
# give last-word: $(docker logs diary | sed -n 's/.* is \(.*\)\./\1/p')
# for ticker
docker run -d --name ticker busybox sh -c 'n=0; while true; do n=$((n+1)); echo tick $n; sleep 1; done'
# for note
docker exec ticker touch /tmp/note
