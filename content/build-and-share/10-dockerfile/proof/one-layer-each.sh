# give no-bytes: CMD
# give how-many: $(docker image inspect --format '{{len .RootFS.Layers}}' site:1)
