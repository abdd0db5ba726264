# answer: too small
# give its-code: 1
