# for where-to
# give where-to: To Docker Hub
# for named
docker tag tool:1 node1:5000/team/tool:1
