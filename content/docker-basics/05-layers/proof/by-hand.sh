# for stacked
mkdir /lab
mount -t tmpfs tmpfs /lab
cp -r /root/layers/* /lab
cd /lab
mkdir merged
mount -t overlay overlay -o lowerdir=app:base merged
