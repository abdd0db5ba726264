# for list
apt-get update
# for how-many
# give how-many: $(apt-cache madison docker.io | wc -l)
# for whose
# give whose: Debian
