# answer: plenty of room
# give where: The disk of the machine
