/** The world follows a machine's engine by its events, over HTTP on a real socket. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { systemClock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { silentLog } from '../lib/log.ts';
import type { WorldEvent } from './contract.ts';
import { FakeDockerd, idOf } from './testing/fake-dockerd.ts';
import { openWorlds } from './worlds.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function open(prepare: (dockerd: FakeDockerd) => void = () => {}) {
  const dockerd = await new FakeDockerd().start();
  prepare(dockerd);
  const changes = new Emitter<SandboxEvent>();
  const ref = { node: 'local', sandbox: 'abcdefgh', machine: 'node1', generation: 1 };
  const sandbox = {
    id: 'abcdefgh',
    state: 'ready',
    machines: new Map([['node1', ref]]),
  } as unknown as Sandbox;
  const worlds = openWorlds({
    engine: { dial: dockerd.dial, listens: dockerd.listens },
    sandboxes: { all: () => [sandbox], on: (listener) => changes.on(listener) },
    clock: systemClock,
    log: silentLog,
  });
  cleanUps.push(
    async () => dockerd[Symbol.asyncDispose](),
    async () => worlds[Symbol.asyncDispose](),
  );
  const events: WorldEvent[] = [];
  worlds.on((event) => events.push(event));
  const world = () => worlds.get('abcdefgh', 'node1');
  const sees = (what: () => unknown) =>
    vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 3000, interval: 5 });
  await sees(() => world());
  return { dockerd, worlds, world, events, sees, changes, sandbox, ref };
}

test('what was there before we came is seen', async () => {
  const { world } = await open((dockerd) => {
    dockerd.run({
      name: 'web',
      ports: {
        '80/tcp': [
          { HostIp: '0.0.0.0', HostPort: '8080' },
          { HostIp: '::', HostPort: '8080' },
        ],
      },
    });
    dockerd.addImage('nginx:latest', ['sha256:a', 'sha256:b']);
    dockerd.volumes.push(
      { Name: 'data', Driver: 'local', Labels: { keep: 'yes' } },
      { Name: 'bare', Driver: 'local', Labels: null },
    );
  });
  expect(world()).toMatchObject({ connected: true });
  expect([...world()!.containers.values()]).toMatchObject([
    {
      name: 'web',
      image: 'nginx',
      state: 'running',
      exitCode: null,
      ports: [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
      env: { A: 'b=c' },
      mounts: [{ volume: 'data', target: '/data', readOnly: false }],
      networks: ['bridge'],
      addresses: ['172.17.0.2'],
      networkMode: 'bridge',
      limits: { memoryBytes: 67_108_864, cpus: 0.5, pids: null },
      user: 'app',
      readOnlyRoot: true,
      capAdd: ['NET_ADMIN'],
      capDrop: [],
    },
  ]);
  expect([...world()!.images.values()]).toMatchObject([
    {
      tags: ['nginx:latest'],
      layers: ['sha256:a', 'sha256:b'],
      config: {
        cmd: ['nginx', '-g', 'daemon off;'],
        entrypoint: [],
        user: '',
        workdir: '/srv',
        env: { PATH: '/usr/bin' },
        labels: { tier: 'front' },
        ports: ['80/tcp'],
      },
    },
  ]);
  expect([...world()!.volumes.values()]).toEqual([
    { name: 'data', driver: 'local', labels: { keep: 'yes' } },
    { name: 'bare', driver: 'local', labels: {} },
  ]);
});

test('an event leads to a look at that container only, and to a diff', async () => {
  const { dockerd, world, events, sees } = await open((dockerd) => {
    dockerd.run({ name: 'a' });
    dockerd.run({ name: 'b' });
  });
  // The past is replayed on subscribing; wait until that is dealt with.
  await sees(() => world()!.containers.size === 2);
  dockerd.run({ name: 'c' });
  await sees(() => world()!.containers.size === 3);
  dockerd.asked.length = 0;
  events.length = 0;
  dockerd.exit('c', 137);
  await sees(() => events.length > 0);
  expect(dockerd.asked).toEqual([`/containers/${idOf('c')}/json`]);
  expect(events[0]!.diff.containers).toMatchObject([
    { type: 'changed', before: { state: 'running' }, after: { name: 'c', state: 'exited', exitCode: 137 } },
  ]);
});

test('a container that removed itself at once is remembered with image and exit code', async () => {
  const { dockerd, world, sees } = await open();
  dockerd.run({ name: 'brief', image: 'hello-world' });
  dockerd.exit('brief', 0);
  dockerd.remove('brief');
  await sees(() => world()!.gone.length === 1);
  expect(world()!.gone[0]).toMatchObject({
    name: 'brief',
    image: 'hello-world',
    state: 'exited',
    exitCode: 0,
  });
  expect(world()!.containers.size).toBe(0);
});

test('what was known of a container is kept when its end is told after it was found gone', async () => {
  const { dockerd, world, sees } = await open((dockerd) => dockerd.run({ name: 'web' }));
  const event = (Action: string) => ({ Type: 'container', Action, Actor: { ID: idOf('web') }, time: 1 });
  dockerd.containers.delete(idOf('web'));
  dockerd.emit(event('stop'));
  await sees(() => world()!.gone.length === 1);
  dockerd.emit(event('destroy'));
  dockerd.run({ name: 'later' });
  await sees(() => world()!.containers.size === 1);
  expect(world()!.gone).toMatchObject([{ name: 'web', image: 'nginx', env: { A: 'b=c' } }]);
});

test('what was removed while nobody looked is told by the events that the engine kept', async () => {
  const { world, sees } = await open((dockerd) => {
    dockerd.run({ name: 'before', image: 'hello-world' });
    dockerd.exit('before', 3);
    dockerd.remove('before');
  });
  await sees(() => world()!.gone.length === 1);
  expect(world()!.gone[0]).toMatchObject({ name: 'before', exitCode: 3 });
});

test('a new image brings its layers; a known one is not inspected again', async () => {
  const { dockerd, world, sees } = await open((dockerd) => dockerd.addImage('debian:13', ['sha256:a']));
  await sees(() => world()!.images.size === 1);
  dockerd.asked.length = 0;
  dockerd.addImage('nginx:latest', ['sha256:a', 'sha256:b']);
  await sees(() => world()!.images.size === 2);
  expect(dockerd.asked).not.toContain(`/images/sha256:${idOf('debian:13')}/json`);
});

test('a quiet engine is left in peace, on two connections', async () => {
  const { dockerd, world, sees } = await open((dockerd) => dockerd.run({ name: 'web' }));
  dockerd.run({ name: 'second' });
  await sees(() => world()!.containers.size === 2);
  expect(dockerd.dials).toBe(2);
  expect([...dockerd.userAgents]).toEqual(['drydock']);
});

test('when the engine restarts the picture stays, marked, and is made anew', async () => {
  const { dockerd, world, events, sees } = await open((dockerd) => dockerd.run({ name: 'web' }));
  await dockerd.stop();
  await sees(() => world()!.connected === false);
  expect(world()!.containers.size).toBe(1);
  dockerd.containers.get(idOf('web'))!.status = 'exited';
  await dockerd.start();
  await sees(() => world()!.connected);
  expect([...world()!.containers.values()]).toMatchObject([{ state: 'exited' }]);
  expect(events.at(-1)!.world.connected).toBe(true);
});

test('a reply that is not what Docker would say hides nothing else', async () => {
  const { dockerd, world, sees } = await open((dockerd) => {
    dockerd.run({ name: 'good' });
    dockerd.run({ name: 'evil' });
    dockerd.lies.set(`/containers/${idOf('evil')}`, '{"Id":"../../etc"}');
  });
  expect([...world()!.containers.values()].map(({ name }) => name)).toEqual(['good']);
  dockerd.lies.set(`/containers/${idOf('evil')}`, `{"Id":"${'x'.repeat(5 * 1024 * 1024)}"}`);
  dockerd.run({ name: 'later' });
  await sees(() => world()!.containers.size === 2);
});

test('events that are nonsense are passed over', async () => {
  const { dockerd, world, sees } = await open();
  dockerd.emit('what?');
  dockerd.emit({ Type: 'container', Action: 'start', Actor: { ID: '../x', Attributes: null }, time: 1 });
  dockerd.run({ name: 'web' });
  await sees(() => world()!.containers.size === 1);
  expect(dockerd.asked.some((path) => path.includes('..'))).toBe(false);
});

test('an endless line ends the connection, not the server', async () => {
  const { dockerd, world, sees } = await open();
  dockerd.emit({ Type: 'container', Action: 'x'.repeat(200_000), Actor: { ID: '' }, time: 1 });
  await sees(() => dockerd.dials > 2);
  expect(world()).not.toBeNull();
});

test('a machine that goes down is no longer in the picture, and comes back when it is up', async () => {
  const { dockerd, world, changes, sandbox, ref, sees } = await open((dockerd) =>
    dockerd.run({ name: 'web' }),
  );
  changes.emit({ type: 'machine-down', sandbox, ref });
  expect(world()).toBeNull();
  await sees(() => dockerd.listening === 0);
  changes.emit({ type: 'machine-up', sandbox, ref: { ...ref, generation: 2 } });
  await sees(() => world()?.containers.size === 1);
});
