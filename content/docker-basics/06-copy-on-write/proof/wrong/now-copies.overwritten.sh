# answer: too small
# give now-copies: 1
