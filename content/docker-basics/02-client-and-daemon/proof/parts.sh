# for info
docker info
# for engine-is
# give engine-is: A daemon, a REST API, and a command line client
