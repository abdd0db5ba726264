# give how-many: $(docker image inspect --format '{{len .RootFS.Layers}}' site:1)
# give no-bytes: CMD
