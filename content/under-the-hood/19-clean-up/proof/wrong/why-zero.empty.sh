# answer: several megabytes
# give why-zero: The images were empty
