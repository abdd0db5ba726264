# answer: answer
# give digest: $(docker images --quiet redis | head -1)
