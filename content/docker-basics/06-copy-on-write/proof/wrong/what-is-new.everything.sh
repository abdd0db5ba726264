# answer: 96 MB
# give what-is-new: All files that web1 sees
