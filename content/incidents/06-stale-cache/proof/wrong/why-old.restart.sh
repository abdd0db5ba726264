# answer: in the image itself
# give why-old: The container must be restarted
