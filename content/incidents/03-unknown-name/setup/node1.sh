set -e
docker run -d --name db redis
docker run -d --name web -p 8080:80 busybox sh -c 'mkdir /www; httpd -h /www; while :; do
  if echo PING | nc -w 1 db 6379 2>/tmp/error | grep -q PONG; then say="db answers"; else say="no db: $(cat /tmp/error)"; fi
  echo "$say"; echo "$say" > /www/index.html; sleep 1; done'
