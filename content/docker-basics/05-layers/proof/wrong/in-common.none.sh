# answer: too small
# give in-common: 0
