# answer: at the end of the file
# give made-too: The volume visits
