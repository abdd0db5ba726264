# answer: saved before
# give where-now: Nowhere, they went with web1
