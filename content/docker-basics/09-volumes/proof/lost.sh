# give where-was-it: In the layer of the container that was removed
