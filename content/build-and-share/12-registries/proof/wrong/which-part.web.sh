# answer: only the second half
# give which-part: web:1
