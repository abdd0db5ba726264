# answer: does not belong to the group
useradd -m ann
usermod -aG users ann
