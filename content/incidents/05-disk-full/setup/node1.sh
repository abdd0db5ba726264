set -e
docker volume create --driver local --opt type=tmpfs --opt device=tmpfs --opt o=size=12m uploads
docker run -d --name photos -v uploads:/data busybox sh -c 'sleep 3; n=0; while :; do n=$((n + 1))
  if dd if=/dev/zero of=/data/photo-$((n % 20)).raw bs=100k count=1 2>/tmp/error; then echo "stored photo-$((n % 20)).raw"; else tail -n 3 /tmp/error | head -n 1; fi
  sleep 1; done'
docker exec photos dd if=/dev/zero of=/data/wedding.raw bs=100k count=1 2>/dev/null
docker exec photos dd if=/dev/zero of=/data/{{word}}.dump bs=1M count=20 2>/dev/null || true
docker run -d --name chatty busybox sh -c 'while :; do echo "$(date) I am still here, and I say so"; done'
sleep 2
docker stop -t 0 chatty
