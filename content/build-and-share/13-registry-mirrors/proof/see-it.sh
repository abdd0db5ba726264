# for came-through
# on node2
docker pull drydock/web
# for how-many
# on node1
# give how-many: $(curl -s localhost:5000/v2/_catalog | jq '.repositories | length')
# for whose-names
# give whose-names: Only registry.example.org
