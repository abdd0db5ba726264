# answer: too few
# give how-many: 6
