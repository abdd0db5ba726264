set -e
docker run -d --name shop -v orders:/orders nginx
for name in clock ticker beacon; do
  lines=0
  if [ $name = {{loud}} ]; then lines=1400; fi
  docker run -d --name $name busybox sh -c "yes $(printf %08000d 0) | head -n $lines; while :; do date; sleep 10; done"
done
# Side by side, on hosts with much to do: the learner waits for all of it.
for size in $(seq {{jobs}}); do
  docker run busybox dd if=/dev/urandom of=/result.raw bs=1M count=$size &
done
docker run --name import -v /scratch -v archive:/archive busybox dd if=/dev/urandom of=/scratch/half-done.raw bs=1M count=5 &
mkdir /tmp/album
for edition in 1 2; do
  head -c ${edition}M /dev/urandom >/tmp/album/photos.raw
  printf 'FROM busybox\nCOPY photos.raw /\nRUN cat /photos.raw /photos.raw >/album.raw\n' |
    docker build -q -t album -f - /tmp/album
done
rm -r /tmp/album
wait
