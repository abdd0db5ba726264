# answer: answer
# give architecture: amd64
