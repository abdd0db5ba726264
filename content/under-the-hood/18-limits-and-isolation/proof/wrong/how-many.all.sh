# answer: too many
# give how-many: 41
