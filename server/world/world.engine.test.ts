/** The world of a real machine: a true dockerd, reached through a true exec. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Container } from './contract.ts';
import { openRealWorld, type RealWorld } from './testing/real-world.ts';

let place: RealWorld;
beforeAll(async () => {
  place = await openRealWorld({ images: ['hello-world', 'busybox', 'nginx', 'httpd'] });
  await sees(() => place.world());
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const sees = (what: () => unknown, timeout = 10_000) =>
  vi.waitFor(() => expect(what()).toBeTruthy(), { timeout, interval: 5 });

const named = (name: string): Container | undefined =>
  [...(place.world()?.containers.values() ?? [])].find((container) => container.name === name);

test('images that came with the machine are there with their layers, and share the base', () => {
  const images = [...place.world()!.images.values()];
  const tagged = (repository: string) =>
    images.find(({ tags }) => tags.some((tag) => tag.startsWith(`${repository}:`)))!;
  expect(tagged('nginx').layers.length).toBeGreaterThan(1);
  expect(tagged('httpd').layers[0]).toBe(tagged('nginx').layers[0]);
  expect(tagged('hello-world').layers).toHaveLength(1);
});

test('a container is seen with everything that was asked for', async () => {
  await place.machine.runs(
    'docker network create back && docker run -d --name full --network back -p 8080:80 -v data:/srv -v /root:/host:ro ' +
      '-e MODE=test --label tier=front -m 64m --cpus 0.5 --pids-limit 50 --restart unless-stopped ' +
      '--user 0:0 --cap-add NET_ADMIN --cap-drop MKNOD nginx',
  );
  await sees(() => named('full')?.state === 'running');
  expect(named('full')).toMatchObject({
    image: 'nginx',
    exitCode: null,
    ports: [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    env: { MODE: 'test' },
    labels: { tier: 'front' },
    networks: ['back'],
    addresses: [expect.stringMatching(/^172\.\d+\.\d+\.\d+$/)],
    networkMode: 'back',
    user: '0:0',
    readOnlyRoot: false,
    capAdd: ['NET_ADMIN'],
    capDrop: ['MKNOD'],
    restartPolicy: 'unless-stopped',
    limits: { memoryBytes: 64 * 1024 ** 2, cpus: 0.5, pids: 50 },
  });
  expect(named('full')!.mounts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'volume', volume: 'data', target: '/srv', readOnly: false }),
      expect.objectContaining({ type: 'bind', source: '/root', target: '/host', readOnly: true }),
    ]),
  );
  expect(place.world()!.volumes.has('data')).toBe(true);
  expect([...place.world()!.networks.values()].map(({ name }) => name)).toContain('back');
});

test('its life is followed: paused, running, stopped, removed', async () => {
  await place.machine.runs('docker pause full');
  await sees(() => named('full')?.state === 'paused');
  await place.machine.runs('docker unpause full');
  await sees(() => named('full')?.state === 'running');
  await place.machine.runs('docker kill full');
  await sees(() => named('full')?.state === 'exited');
  expect(named('full')!.exitCode).toBe(137);
  await place.machine.runs('docker rm full');
  await sees(() => !named('full'));
  expect(place.world()!.gone.at(-1)).toMatchObject({ name: 'full', exitCode: 137 });
});

test('ten containers that remove themselves at once are all remembered', async () => {
  await place.machine.runs(
    'for i in $(seq 10); do docker run --rm --name brief$i busybox sh -c "exit 3" || true; done',
  );
  const briefs = () => place.world()!.gone.filter(({ name }) => name.startsWith('brief'));
  await sees(() => briefs().length === 10);
  expect(new Set(briefs().map(({ exitCode, image }) => `${image} ${exitCode}`))).toEqual(
    new Set(['busybox 3']),
  );
});

test('a new tag and a commit make images appear, and removing them makes them go', async () => {
  const tags = () => [...place.world()!.images.values()].flatMap((image) => [...image.tags]);
  await place.machine.runs(
    'docker create --name base busybox && docker commit base mine:1 && docker tag busybox other:2',
  );
  await sees(() => tags().includes('mine:1') && tags().includes('other:2'));
  await place.machine.runs('docker rm base && docker rmi mine:1 other:2');
  await sees(() => !tags().includes('mine:1') && !tags().includes('other:2'));
});

test('a restart of dockerd by the learner is followed', async () => {
  await place.machine.runs(
    'docker run -d --name stays --restart always --stop-signal KILL busybox sleep 1000',
  );
  await sees(() => named('stays')?.state === 'running');
  let wasAway = false;
  const stop = place.worlds.on(({ world }) => (wasAway ||= !world.connected));
  await place.machine.runs('service docker restart');
  await sees(() => wasAway && place.world()!.connected && named('stays')?.state === 'running', 20_000);
  stop();
  await place.machine.runs('docker rm -f stays');
  await sees(() => !named('stays'));
});

test('a tenant who answers in dockerd’s place with endless nonsense is borne, and the true one found again', async () => {
  await place.machine.runs('service docker stop');
  await sees(() => !place.world()!.connected);
  const before = place.dials();
  await place.machine.runs(
    'rm -f /var/run/docker.sock; (while :; do yes | timeout 1 nc -lU /var/run/docker.sock; rm -f /var/run/docker.sock; done) >/dev/null 2>&1 & echo $! > /tmp/liar',
  );
  await sees(() => place.dials() > before + 2, 20_000);
  expect(place.world()!.connected).toBe(false);
  await place.machine.runs(
    'kill $(cat /tmp/liar); pkill yes; pkill nc; rm -f /var/run/docker.sock; service docker start',
  );
  await sees(() => place.world()!.connected, 20_000);
});

test('following costs a machine two small processes', async () => {
  const list = await place.machine.runs("ps -eo args | grep -c '[a]gent dial'");
  expect(Number(list)).toBe(2);
});
