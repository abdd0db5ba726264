# answer: log of the mirror
# give whose-names: The mirror first, as always
