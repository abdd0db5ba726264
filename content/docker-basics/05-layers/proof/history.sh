docker history nginx
# give how-many: $(docker inspect --format '{{len .RootFS.Layers}}' nginx)
