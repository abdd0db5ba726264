# answer: its version
# give not-in-it: Python
