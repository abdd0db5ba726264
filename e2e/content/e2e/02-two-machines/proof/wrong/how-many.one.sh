# answer: answer
# give how-many: $(echo 1)
