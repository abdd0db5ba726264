# answer: too large
# give stopped: $(docker ps -aq | wc -l)
