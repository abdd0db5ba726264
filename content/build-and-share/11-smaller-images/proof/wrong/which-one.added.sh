# answer: it is not added
# give which-one: It sleeps for 65 seconds
