# answer: its file is gone
rm $(docker inspect --format '{{.LogPath}}' {{loud}})
