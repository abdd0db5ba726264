# answer: only wrote the limit down
# give who-ended: dockerd, which watches the memory
