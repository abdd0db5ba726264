# answer: upperdir for what is written
umount merged
mount -t overlay overlay -o lowerdir=app:base merged
echo 'this is new' > merged/note
