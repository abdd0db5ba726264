# answer: too few
# give in-bytes: 64000000
