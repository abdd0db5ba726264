# answer: too large
# give copies: 2
