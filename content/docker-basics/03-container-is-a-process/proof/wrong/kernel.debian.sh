# answer: answer
# give kernel: 13
