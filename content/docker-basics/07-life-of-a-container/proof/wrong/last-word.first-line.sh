# answer: answer
# give last-word: day
