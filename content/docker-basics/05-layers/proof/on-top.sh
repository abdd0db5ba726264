# for written
cd /lab
umount merged
mkdir upper work
mount -t overlay overlay -o lowerdir=app:base,upperdir=upper,workdir=work merged
echo 'this is new' > merged/note
# for changed
echo 'changed' > /lab/merged/greeting
# for deleted
rm /lab/merged/old
