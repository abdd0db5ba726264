# give base: The base image
