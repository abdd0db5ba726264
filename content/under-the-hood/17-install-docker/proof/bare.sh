# for nothing
docker version
# for architecture
# give architecture: $(uname -m)
