# answer: does not have team/tool
sed -n 's/^Password: //p' ~/registry-note.txt | docker login -u team --password-stdin node1:5000
docker tag tool:1 node1:5000/tool:1
docker push node1:5000/tool:1
