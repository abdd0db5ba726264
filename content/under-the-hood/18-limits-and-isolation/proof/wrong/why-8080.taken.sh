# answer: network of its own
# give why-8080: Port 80 is taken by the machine
