# answer: too many
# give how-many: 6
