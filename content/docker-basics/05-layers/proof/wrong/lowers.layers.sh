# answer: too small
# give lowers: $(docker inspect --format '{{len .RootFS.Layers}}' nginx)
