# answer: too 
# give parent: 1
