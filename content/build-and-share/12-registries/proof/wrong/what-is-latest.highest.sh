# answer: does not compare tags
# give what-is-latest: Version 2, the highest number
