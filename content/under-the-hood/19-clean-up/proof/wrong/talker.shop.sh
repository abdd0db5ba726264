# answer: answer
# give talker: shop
