# answer: IMAGE ID
# give digest-of-one: $(docker images --format '{{.ID}}' localhost:5000/team/web:1 | cut -c1-8)
