import { expect, test } from 'vitest';
import { imagesInLine } from './image-in-command.ts';

test.each([
  ['docker pull ubuntu', ['ubuntu']],
  ['docker run ubuntu:24.04 bash', ['ubuntu:24.04']],
  ['docker run -it --rm ubuntu bash -l', ['ubuntu']],
  ['docker run -d --name web -p 8080:80 -e A=B caddy', ['caddy']],
  ['docker run -dp 8080:80 --name=web caddy caddy run', ['caddy']],
  ['docker run -p8080:80 -v "$PWD:/srv" caddy', ['caddy']],
  ['docker run --memory 64m --mount type=tmpfs,target=/x -itd mysql', ['mysql']],
  ['docker run --pull always --platform linux/amd64 -- alpine ls', ['alpine']],
  ['docker container run --init alpine', ['alpine']],
  ['docker image pull -a alpine', ['alpine']],
  ['docker pull --platform linux/arm64 alpine', ['alpine']],
  ['docker create -a stdin alpine', ['alpine']],
  ['docker --context remote -H tcp://node2 pull alpine', ['alpine']],
  ['sudo docker pull one && docker pull two | cat', ['one', 'two']],
  ['docker run', []],
  ['docker ps -a', []],
  ['docker compose run web sh', []],
  ['podman pull alpine', []],
  ['echo docker pull alpine', []],
])('%s names %j', (line, images) => {
  expect(imagesInLine(line)).toEqual(images);
});
