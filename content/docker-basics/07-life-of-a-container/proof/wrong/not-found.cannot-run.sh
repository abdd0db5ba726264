# answer: too few
# give not-found: 126
