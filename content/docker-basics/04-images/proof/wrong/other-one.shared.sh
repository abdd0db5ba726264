# answer: not what each does afterwards
# give other-one: red: both use the same image
