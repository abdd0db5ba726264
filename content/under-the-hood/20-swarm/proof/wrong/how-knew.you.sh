# answer: you only stopped something
# give how-knew: You did
