# answer: answer
# give talker: $(docker inspect --format '{{.Id}}' shop)
