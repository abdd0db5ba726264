# answer: ports
cd ~/counter
printf 'services:\n  web:\n    build: .\n  store:\n    image: redis\n' > compose.yaml
docker compose up -d
