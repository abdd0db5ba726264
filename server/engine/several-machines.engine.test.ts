/** Machines of one sandbox: neighbours by name for each other and for their containers, strangers for everybody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB, openLab, type Lab, type Machine } from './testing/lab.ts';

const IMAGES = ['busybox', 'registry'];
const ROOM = { images: IMAGES, limits: { diskBytes: 600 * MIB } };
/** With `tls: false` said aloud dockerd does not wait fifteen seconds for second thoughts. */
const OPEN_DAEMON = JSON.stringify({
  hosts: ['unix:///var/run/docker.sock', 'tcp://0.0.0.0:2375'],
  tls: false,
  'insecure-registries': ['node1:5000'],
});

let lab: Lab;
let node1: Machine;
let node2: Machine;
let stranger: Machine;
beforeAll(async () => {
  lab = await openLab();
  await lab.engine.prepareImages(IMAGES);
  [node1, stranger] = await Promise.all([lab.machine(ROOM), lab.machine(ROOM)]);
  node2 = await lab.machineIn(node1.ref.sandbox, 'node2', ROOM);
}, 900_000);
afterAll(() => lab?.[Symbol.asyncDispose]());

test('they call each other by name, and so do their containers, on networks of their own too', async () => {
  const address = await node2.address();
  expect(await node1.runs('getent hosts node2')).toContain(address);
  expect(await node1.runs('ping -c1 -W2 node2')).toContain(address);
  expect(await node1.runs('docker run --rm busybox ping -c1 -W2 node2')).toContain(address);
  const inOwn = 'docker network create mine && docker run --rm --network mine busybox ping -c1 -W2 node2';
  expect(await node1.runs(inOwn)).toContain(address);
});

test('what one publishes the other reaches, from its containers too', async () => {
  await node2.runs(
    'docker run -d --name door -p 8080:80 busybox sh -c "echo welcome > /index.html; httpd -f"',
  );
  await expect.poll(() => node1.tries('curl -s node2:8080')).toMatchObject({ output: 'welcome\n' });
  expect(await node1.runs('docker run --rm busybox wget -qO- node2:8080')).toBe('welcome');
});

test('the engine of one obeys the client of the other, by -H and by a context', async () => {
  await node2.runs(`echo '${OPEN_DAEMON}' > /etc/docker/daemon.json && service docker restart`);
  expect(await node1.runs('docker -H tcp://node2:2375 info --format {{.Name}}')).toBe('node2');
  await node1.runs(
    'docker context create second --docker host=tcp://node2:2375 && docker context use second',
  );
  expect(await node1.runs('docker run --rm --network host busybox hostname')).toBe('node2');
  await node1.runs('docker context use default');
  expect(await node1.runs('docker info --format {{.Name}}')).toBe('node1');
});

test('a registry on one gives its images to the other', async () => {
  await node1.runs('docker run -d -p 5000:5000 registry && docker tag busybox localhost:5000/team/box:v1');
  await expect.poll(() => node1.tries('docker push localhost:5000/team/box:v1')).toMatchObject({ code: 0 });
  expect(await node2.runs('docker pull --quiet node1:5000/team/box:v1')).toBe('node1:5000/team/box:v1');
});

test('containers of both share an overlay network', async () => {
  await node1.runs('docker swarm init');
  const token = await node1.runs('docker swarm join-token --quiet worker');
  await node2.runs(`docker swarm join --token ${token} node1:2377`);
  await node1.runs('docker network create --driver overlay --attachable over');
  await node1.runs('docker run -d --name peer --network over busybox sleep 300');
  // The name of a new neighbour takes a moment to get round.
  const ping = () => node2.tries('docker run --rm --network over busybox ping -c1 -W5 peer');
  await expect.poll(ping, { timeout: 20_000 }).toMatchObject({ code: 0 });
});

test('a machine of another sandbox finds none of this, not even an engine open to all', async () => {
  const address = await node2.address();
  expect(await node1.runs('curl -s node2:2375/_ping')).toBe('OK');
  expect((await stranger.tries('getent hosts node2')).code).not.toBe(0);
  const far = [address, `node2.${node1.ref.sandbox}.drydock`];
  for (const host of far)
    for (const port of [2375, 2377, 8080])
      expect([
        host,
        port,
        (await stranger.tries(`curl -s -m 3 http://${host}:${port}/_ping`)).output,
      ]).toEqual([host, port, '']);
  expect((await stranger.tries(`ping -c1 -W1 ${address}`)).code).not.toBe(0);
  expect((await stranger.tries(`docker run --rm busybox ping -c1 -W1 ${address}`)).code).not.toBe(0);
});
