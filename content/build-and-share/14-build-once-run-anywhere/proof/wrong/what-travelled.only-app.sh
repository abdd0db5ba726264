# answer: for each layer
# give what-travelled: Only app.py; Python stays behind
