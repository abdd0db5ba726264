/** A playground that grows and shrinks on the real engine: its machines know each other, and nothing stays behind. */
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LIMITS, MIB, openLab, type Lab } from '#server/engine/testing/lab.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import type { Sandbox } from './contract.ts';
import { NEIGHBOURS_PORT } from './neighbours.ts';
import type { SandboxRoom } from './room.ts';
import { openSandboxes } from './sandboxes.ts';
import { createFakeStore } from './testing/fake-store.ts';
import { planOf } from './testing/open-room.ts';

let lab: Lab;
let room: SandboxRoom;
const store = createFakeStore();
beforeAll(async () => {
  lab = await openLab();
  room = await open();
}, 600_000);
afterEach(async () => {
  for (const { id } of room.all()) await room.close(id);
  await room.settled();
  expect(await lab.engine.remains()).toEqual([]);
});
afterAll(async () => {
  await room?.[Symbol.asyncDispose]();
  await lab?.[Symbol.asyncDispose]();
});

function open(): Promise<SandboxRoom> {
  const limits = {
    capacity: 8,
    warmMachines: 0,
    sleepAfterMs: 900_000,
    keepForMs: 86_400_000,
    sandboxesPerUser: 5,
    machine: { ...LIMITS, diskBytes: 600 * MIB },
  };
  return openSandboxes({ engine: lab.engine, store, clock: systemClock, log: silentLog, limits });
}

/** A playground; `busybox` is there to make containers of, `contexts` as lessons say it. */
async function playground(machines = 1, lesson?: { contexts: boolean }): Promise<Sandbox> {
  const plan = planOf('x', { images: ['busybox', 'registry'], machines });
  const sandbox = await room.open('ada', lesson ? { ...plan, ...lesson } : { ...plan, lesson: null });
  await sandbox.ready();
  return sandbox;
}

async function tries(sandbox: Sandbox, machine: string, line: string) {
  const { code, stdout, stderr } = await lab.engine.run(sandbox.machines.get(machine)!, {
    command: ['bash', '-c', line],
    asLearner: true,
    timeoutMs: 60_000,
  });
  return { code, output: `${stdout}${stderr}`.trim() };
}

async function runs(sandbox: Sandbox, machine: string, line: string): Promise<string> {
  const { code, output } = await tries(sandbox, machine, line);
  expect([line, code, output]).toEqual([line, 0, output]);
  return output;
}

async function add(sandbox: Sandbox): Promise<void> {
  await room.addMachine(sandbox.id);
  await room.settled();
}

const contexts = (sandbox: Sandbox, machine: string) =>
  runs(sandbox, machine, 'docker context ls --format "{{.Name}}{{if .Current}} *{{end}}"');

test('a machine that is added is found by name, from containers too, and obeys by its context at once', async () => {
  const sandbox = await playground();
  expect(await contexts(sandbox, 'node1')).toBe('default *');
  await add(sandbox);
  expect(await runs(sandbox, 'node1', 'getent hosts node2')).toContain('node2');
  expect(await runs(sandbox, 'node1', 'docker run --rm busybox ping -c1 -W2 node2')).toContain(
    '1 packets received',
  );
  expect(await runs(sandbox, 'node2', 'getent hosts node1')).toContain('node1');

  expect(await contexts(sandbox, 'node1')).toBe('default *\nnode2');
  expect(await contexts(sandbox, 'node2')).toBe('default *\nnode1');
  expect(await runs(sandbox, 'node1', 'docker --context node2 info --format {{.Name}}')).toBe('node2');
  expect(await runs(sandbox, 'node2', 'docker --context node1 info --format {{.Name}}')).toBe('node1');
  // Images pass, and attached containers with their input.
  await runs(sandbox, 'node1', 'docker save busybox | docker --context node2 load');
  const attached =
    'echo word | docker --context node2 run --rm -i --network host busybox sh -c "hostname; cat"';
  expect(await runs(sandbox, 'node1', attached)).toBe('node2\nword');
  expect(await runs(sandbox, 'node1', 'docker ps --all --quiet')).toBe('');
});

test('an image is pushed from one and runs on the other', async () => {
  const sandbox = await playground();
  await add(sandbox);
  await runs(
    sandbox,
    'node1',
    'docker run -d -p 5000:5000 registry && docker tag busybox localhost:5000/mine',
  );
  const push = () => tries(sandbox, 'node1', 'docker push localhost:5000/mine');
  await expect.poll(push, { timeout: 30_000 }).toMatchObject({ code: 0 });
  // A registry without TLS on another machine is refused until the engine is told: as anywhere.
  expect((await tries(sandbox, 'node2', 'docker pull node1:5000/mine')).output).toContain(
    'HTTP response to HTTPS',
  );
  await runs(
    sandbox,
    'node2',
    `echo '{"insecure-registries":["node1:5000"]}' >/etc/docker/daemon.json && service docker restart`,
  );
  expect(await runs(sandbox, 'node2', 'docker run --rm node1:5000/mine echo arrived')).toContain('arrived');
  // The engine was started anew; the way to it is the same.
  expect(await runs(sandbox, 'node1', 'docker --context node2 images --quiet node1:5000/mine')).not.toBe('');
});

test('a machine that is removed takes its name, contexts, disk and place along, one in use too', async () => {
  const sandbox = await playground();
  await add(sandbox);
  await add(sandbox);
  expect(await contexts(sandbox, 'node3')).toBe('default *\nnode1\nnode2');
  await runs(
    sandbox,
    'node1',
    'docker context use node2 && docker context create mine --docker host=tcp://far:2375',
  );
  expect(room.figures().awake).toBe(3);
  await room.removeMachine(sandbox.id, 'node2');
  await room.settled();
  expect(await contexts(sandbox, 'node1')).toBe('default *\nmine\nnode3');
  expect(await runs(sandbox, 'node1', 'docker info --format {{.Name}}')).toBe('node1');
  expect((await tries(sandbox, 'node1', 'getent hosts node2')).code).not.toBe(0);
  expect((await tries(sandbox, 'node3', 'docker run --rm busybox ping -c1 -W1 node2')).code).not.toBe(0);
  expect(await runs(sandbox, 'node3', 'getent hosts node1')).toContain('node1');
  expect(room.figures().awake).toBe(2);
  const disks = await readdir(`${lab.settings.poolDirectory}/machines`);
  expect(disks.filter((name) => name.startsWith(sandbox.id)).map((name) => name.split('-')[1])).toEqual([
    'node1',
    'node3',
  ]);
  expect(await readFile(`${lab.settings.dnsHostsDirectory}/${sandbox.id}`, 'utf8')).not.toContain('node2');

  // Only one is left: no door is open any more.
  await room.removeMachine(sandbox.id, 'node1');
  await room.settled();
  expect(await contexts(sandbox, 'node3')).toBe('default *');
  expect((await tries(sandbox, 'node3', `nc -z node3 ${NEIGHBOURS_PORT}`)).code).not.toBe(0);
});

test('the way between engines is open to the machines alone: not to containers, nor to another sandbox', async () => {
  const sandbox = await playground();
  await add(sandbox);
  const stranger = await lab.machine({ images: ['busybox'] });
  const asks = (host: string) =>
    `printf 'GET /version HTTP/1.0\\r\\n\\r\\n' | timeout 5 nc ${host} ${NEIGHBOURS_PORT}; echo "<$?>"`;
  // It takes connections, and says nothing to who does not know the word.
  for (const line of [asks('node2'), `docker run --rm busybox sh -c ${JSON.stringify(asks('node2'))}`])
    expect((await tries(sandbox, 'node1', line)).output).not.toMatch(/HTTP|ApiVersion/);
  const listening = await runs(sandbox, 'node1', 'ss -Hltn');
  expect(listening).toContain(`:${NEIGHBOURS_PORT}`);
  expect(listening).not.toMatch(/:237[56]\b/);
  // Not by the line of its command either, which every program of the machine can read.
  const line = await runs(sandbox, 'node1', `tr '\\0' ' ' </proc/$(cat /run/drydock/neighbours.pid)/cmdline`);
  expect(line).toBe(`/usr/local/lib/drydock/agent neighbours ${NEIGHBOURS_PORT} node2`);
  const address = (await runs(sandbox, 'node2', 'hostname -i')).split(' ')[0]!;
  const far = await stranger.tries(
    `timeout 3 bash -c 'exec 3<>/dev/tcp/${address}/${NEIGHBOURS_PORT}' && echo open`,
  );
  expect(far.output).not.toContain('open');
  await lab.engine.removeMachine(stranger.ref);
  await lab.engine.removeNetwork(stranger.ref.sandbox);
});

test('lessons have contexts too, after sleep as well, unless they say no', async () => {
  const pair = await playground(2, { contexts: true });
  expect(await contexts(pair, 'node2')).toBe('default *\nnode1');
  await room.close(pair.id);
  await room.settled();
  const alone = await playground(2, { contexts: false });
  expect(await contexts(alone, 'node2')).toBe('default *');
  expect(await runs(alone, 'node1', 'docker context create node2 --docker host=tcp://node2:2375')).toContain(
    'node2',
  );
});

test('after a restart of the server, and of the machines, it is as it was', async () => {
  const sandbox = await playground();
  await add(sandbox);
  await runs(sandbox, 'node2', 'touch /root/mine');
  await room[Symbol.asyncDispose]();
  room = await open();
  const found = room.get(sandbox.id)!;
  expect(found.state).toBe('ready');
  expect(await runs(found, 'node1', 'docker --context node2 info --format {{.Name}}')).toBe('node2');
  // Both die and are woken again.
  for (const { Id } of await lab.docker.listContainers()) await lab.docker.getContainer(Id).kill();
  await expect.poll(() => found.state, { timeout: 20_000 }).toBe('preparing');
  await expect.poll(() => found.state, { timeout: 20_000 }).toBe('ready');
  expect(await runs(found, 'node1', 'docker --context node2 info --format {{.Name}}')).toBe('node2');
  expect(await runs(found, 'node2', 'ls /root/mine')).toBe('/root/mine');
});
