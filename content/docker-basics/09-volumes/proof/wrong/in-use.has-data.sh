# answer: so had notes
# give in-use: It still has data in it
