# answer: another program in its place
# give not-there: It is a library, part of dockerd
