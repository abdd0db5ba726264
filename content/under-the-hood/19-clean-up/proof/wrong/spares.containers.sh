# answer: first thing in its warning
# give spares: Containers that have exited
