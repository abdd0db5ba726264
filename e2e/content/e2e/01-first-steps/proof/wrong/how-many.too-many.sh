# answer: too many
# give how-many: 9
