# answer: last name is to go
# give only-untagged: A container is running from it
