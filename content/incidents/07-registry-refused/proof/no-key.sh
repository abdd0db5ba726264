# for pushed
sed -n 's/^Password: //p' ~/registry-note.txt | docker login -u team --password-stdin node1:5000
docker push node1:5000/team/tool:1
# for why-order
# give why-order: Until they spoke the same language, the registry could not ask for anything
