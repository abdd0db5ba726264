# answer: is not it
# give parent: 1
