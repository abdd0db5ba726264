# answer: is not it
# give who: shop
