# answer: never changes
# give where-was-it: In the image
