# answer: 405
# give push-to-it: Yes, it is a registry like any other
