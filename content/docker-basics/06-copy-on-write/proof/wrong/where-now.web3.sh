# answer: only read that page
# give where-now: In the container layer of web3
