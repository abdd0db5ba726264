# answer: it is not a manager
# give who-plans: node2, the worker
