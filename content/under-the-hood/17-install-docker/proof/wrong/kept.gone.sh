# answer: docker ps -a
# give kept: It went with the old version
