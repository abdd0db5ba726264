# answer: never ran
# give state: Exited with an error
