# answer: called a bundle
# give knows-image: All three
