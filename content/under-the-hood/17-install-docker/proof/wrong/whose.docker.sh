# answer: called docker-ce
# give whose: Docker, the company
