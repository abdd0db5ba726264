/** The images of our own: several versions on one base, with which tags, digests and shared layers are taught. */
import { expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const { type, sees, stopsWith } = useLearner('catalogf', [
  'drydock/base',
  'drydock/base:1',
  'drydock/base:1.0',
  'drydock/base:2.0',
  'drydock/web',
  'drydock/web:1.0',
  'drydock/web:1.1',
  'drydock/web:1',
  'drydock/api',
  'drydock/api:1',
]);

test.each([
  ['drydock/base:1', 'drydock/base 1.0'],
  ['drydock/base', 'drydock/base 2.0'],
  ['drydock/web:1.0', 'drydock/web 1.0'],
  ['drydock/web:1', 'drydock/web 1.1'],
  ['drydock/web', 'drydock/web 2.0'],
  ['drydock/api:1', 'drydock/api 1.0'],
  ['drydock/api', 'drydock/api 2.0'],
])('%s says that it is %s', async (image, words) => {
  expect(await type(`docker run --rm ${image} version`)).toBe(words);
});

test('a new version brings only the layer that changed', async () => {
  const layers = async (tag: string) =>
    JSON.parse(await type(`docker image inspect --format '{{json .RootFS.Layers}}' ${tag}`)) as string[];
  const [base, first, second] = await Promise.all(
    ['drydock/base:1', 'drydock/web:1.0', 'drydock/web:1.1'].map(layers),
  );
  expect(first!.slice(0, base!.length)).toEqual(base);
  expect(second!.slice(0, -1)).toEqual(first!.slice(0, -1));
  expect(second!.at(-1)).not.toBe(first!.at(-1));
  await type('docker rmi drydock/web:1.1 drydock/web:1');
  const pull = await type('docker pull drydock/web:1.1');
  expect(pull.match(/Already exists/g)).toHaveLength(first!.length - 1);
  expect(pull.match(/Pull complete/g)).toHaveLength(1);
});

test('two tags of one image have one digest', async () => {
  await type('docker pull -q drydock/web:2 && docker pull -q drydock/web:2.0');
  const ids = await type("docker images --format '{{.ID}}' drydock/web | sort | uniq -c | sort -rn");
  expect(ids).toMatch(/^3 /);
});

test('the first web serves its page and picture, says so, and ends at once', async () => {
  await type('docker run -d --name page -p 8087:80 drydock/web:1.0');
  await sees('curl -fsS localhost:8087', '<h1>drydock/web 1.0</h1>');
  expect(await type('curl -fsS localhost:8087/ship.svg')).toMatch(/^<svg/);
  await sees('docker logs page', 'drydock/web 1.0 serves on port 80');
  await sees('docker logs page', /url:\/ship\.svg/);
  await stopsWith('page', 0);
});

test('the second web tells who made its page, and what the api says', async () => {
  await type('docker network create quay');
  await type('docker run -d --name api --network quay -e TZ=Asia/Shanghai drydock/api');
  await type('docker run -d --name shop -h shop --network quay -e API=http://api -p 8088:80 drydock/web');
  await sees('curl -fsS localhost:8088', 'Made by the container shop');
  await sees('curl -fsS localhost:8088', /"name":"drydock\/api","version":"2.0".*"time":"[^"]+\+0800"/);
  await type('docker rm -f api');
  await sees('curl -fsS localhost:8088', 'bad address');
  await type('docker rm -f shop');
});

test('only the second base knows the time zones', async () => {
  const zone = (image: string) => type(`docker run --rm -e TZ=Asia/Shanghai ${image} date +%z`);
  expect(await zone('drydock/base:1.0')).toBe('+0000');
  expect(await zone('drydock/base:2.0')).toBe('+0800');
});
