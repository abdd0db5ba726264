# answer: answer
# give version: 8
