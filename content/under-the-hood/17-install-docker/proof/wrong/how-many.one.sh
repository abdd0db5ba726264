# answer: too small
# give how-many: 1
