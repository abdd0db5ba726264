# answer: top to bottom
mkdir /lab
mount -t tmpfs tmpfs /lab
cp -r /root/layers/* /lab
cd /lab
mkdir merged
cp base/* app/* merged
