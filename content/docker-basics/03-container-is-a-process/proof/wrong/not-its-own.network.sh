# answer: network card of its own
# give not-its-own: net
