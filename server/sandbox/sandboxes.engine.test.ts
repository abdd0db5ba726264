import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { LIMITS, openLab, type Lab } from '#server/engine/testing/lab.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import type { SandboxLimits } from './figures.ts';
import type { SandboxesOptions, SandboxRoom } from './room.ts';
import { openSandboxes } from './sandboxes.ts';
import { createFakeStore } from './testing/fake-store.ts';
import { planOf } from './testing/open-room.ts';

let lab: Lab;
const store = createFakeStore();
beforeEach(async () => {
  store.rows.sandboxes.clear();
  lab = await openLab();
}, 600_000);
afterEach(() => lab[Symbol.asyncDispose]());

const USUAL: SandboxLimits = {
  capacity: 8,
  warmMachines: 0,
  sleepAfterMs: 900_000,
  keepForMs: 86_400_000,
  sandboxesPerUser: 5,
  machine: LIMITS,
};

function open(options: Partial<SandboxesOptions> = {}): Promise<SandboxRoom> {
  return openSandboxes({
    engine: lab.engine,
    store,
    clock: systemClock,
    log: silentLog,
    limits: USUAL,
    ...options,
  });
}

test('fifty sandboxes made and closed leave nothing behind', async () => {
  {
    await using room = await open();
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const sandbox = await room.open(`user${index}`, planOf('hello', { files: ['app/file'] }));
        await sandbox.ready();
        await room.close(sandbox.id);
      }),
    );
    await room.settled();
    expect(room.figures()).toMatchObject({ awake: 0, waiting: 0, present: 0 });
  }
  expect(await lab.engine.remains()).toEqual([]);
  expect(await lab.docker.listContainers({ all: true })).toEqual([]);
  const networks = await lab.docker.listNetworks();
  expect(networks.filter(({ Name }) => Name.startsWith(lab.settings.bridgePrefix))).toEqual([]);
  const bridges = Object.keys(networkInterfaces()).filter((name) =>
    name.startsWith(lab.settings.bridgePrefix),
  );
  expect(bridges).toEqual([]);
  expect(await readdir(lab.settings.dnsHostsDirectory)).toEqual([]);
  expect(await readdir(`${lab.settings.poolDirectory}/machines`)).toEqual([]);
  // Closing the engine commits the file system, and the next one clears away what was still being freed then.
  await lab.engine[Symbol.asyncDispose]();
  execFileSync('btrfs', ['subvolume', 'sync', lab.settings.poolDirectory]);
  await (await openLocalEngine(lab.settings, silentLog))[Symbol.asyncDispose]();
  const goldens = await readdir(`${lab.settings.poolDirectory}/golden`);
  const groups = execFileSync('btrfs', ['qgroup', 'show', lab.settings.poolDirectory], { encoding: 'utf8' });
  expect(groups.split('\n').filter((line) => /^0\/\d{3,}/.test(line))).toHaveLength(goldens.length);
}, 400_000);

test('a machine made ahead is a ready sandbox in an instant, with its files', async () => {
  await using room = await open({
    limits: { ...USUAL, capacity: 3, warmMachines: 1 },
    expectedImages: [[]],
  });
  await expect.poll(() => room.figures().warm, { timeout: 30_000 }).toBe(1);
  const sandbox = await room.open('ada', planOf('hello', { files: ['app/Dockerfile'] }));
  await sandbox.ready();
  const ref = sandbox.machines.get('node1')!;
  const { stdout } = await lab.engine.run(ref, { command: ['cat', '/root/app/Dockerfile'] });
  expect(stdout).toBe('x');
});

test('two machines are opened, put to sleep, woken and closed as one', async () => {
  await using room = await open({ limits: { ...USUAL, sleepAfterMs: 100 } });
  const plan = planOf('pair', { machines: 2 });
  plan.machines[1]!.files = [{ path: 'second', content: Buffer.from('here'), executable: false }];
  const sandbox = await room.open('ada', plan);
  const run = async (machine: string, ...command: string[]) => {
    const { stdout } = await lab.engine.run(sandbox.machines.get(machine)!, { command });
    return stdout.trim();
  };
  const first = sandbox.enter();
  await sandbox.ready();
  expect(await run('node2', 'cat', '/root/second')).toBe('here');
  expect(await run('node1', 'ls', '/root')).toBe('');
  const address = await run('node1', 'getent', 'hosts', 'node2');
  expect(address).toContain('node2');
  expect(room.figures().awake).toBe(2);

  first[Symbol.dispose]();
  await expect.poll(() => sandbox.state, { timeout: 10_000 }).toBe('asleep');
  await room.settled();
  expect((await lab.engine.machines()).map(({ running }) => running)).toEqual([false, false]);
  expect(room.figures().awake).toBe(0);

  sandbox.enter();
  await sandbox.ready();
  expect(await run('node1', 'getent', 'hosts', 'node2')).toBe(address);
  expect(await run('node2', 'cat', '/root/second')).toBe('here');

  await room.close(sandbox.id);
  await room.settled();
  expect(await lab.engine.remains()).toEqual([]);
});

test('a set-up script has done its work before the learner comes, and is nowhere to be found', async () => {
  await using room = await open();
  const plan = planOf('incident', { machines: 2 });
  const word = `marker-${Math.random().toString(36).slice(2)}`;
  plan.machines[1]!.setup = `# ${word}
    cat >/dev/null
    docker network create laid
    nohup nc -lk -p 8080 >/dev/null 2>&1 &
    getent hosts node1 >/root/neighbour`;
  const sandbox = await room.open('ada', plan);
  await sandbox.ready();
  const run = async (line: string) => {
    const { stdout } = await lab.engine.run(sandbox.machines.get('node2')!, {
      command: ['bash', '-c', line],
      asLearner: true,
    });
    return stdout.trim();
  };
  expect(await run('docker network inspect --format {{.Name}} laid')).toBe('laid');
  expect(await run('cat neighbour')).toContain('node1');
  expect(await run('echo | nc -N localhost 8080 && echo open')).toBe('open');
  // In two halves, or we would find ourselves looking for it.
  const find = `first=${word.slice(0, 8)}; word=$first'${word.slice(8)}'`;
  expect(await run(`${find}; grep -rlF "$word" /root /etc /home /opt /run /srv /tmp /usr/local /var`)).toBe(
    '',
  );
  // All read first: a grep beside it would be seen with the word on its own command line.
  const processes = `$(cat /proc/[0-9]*/{cmdline,environ} | tr '\\0' '\\n')`;
  expect(await run(`${find}; all="${processes}"; grep -cF "$word" <<<"$all"`)).toBe('0');
});

test('a set-up script that fails is an error that says why, and nothing of it runs on', async () => {
  await using room = await open();
  const plan = planOf('incident');
  plan.machines[0]!.setup = 'ls /nothing/there\ntouch /root/never';
  const sandbox = await room.open('ada', plan);
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  await room.settled();
  expect((await lab.engine.machines()).map(({ running }) => running)).toEqual([false]);
});

test('a server that dies and comes back finds the sandboxes as they were, and removes what is nobody’s', async () => {
  const before = await open();
  const sandbox = await before.open('ada', planOf('hello'));
  await sandbox.ready();
  await lab.engine.run(sandbox.machines.get('node1')!, { command: ['touch', '/root/mine'] });
  await before[Symbol.asyncDispose]();
  const stranger = await lab.machine();
  await using room = await open();
  expect(room.get(sandbox.id)?.state).toBe('ready');
  await room.settled();
  expect(await lab.engine.remains()).toEqual([sandbox.id]);
  expect(stranger.ref.sandbox).not.toBe(sandbox.id);
  const { stdout } = await lab.engine.run(room.get(sandbox.id)!.machines.get('node1')!, {
    command: ['ls', '/root/mine'],
  });
  expect(stdout.trim()).toBe('/root/mine');
});

test('a machine that is killed comes back by itself with its files, and the learner is told', async () => {
  await using room = await open();
  const notices: string[] = [];
  room.on((event) => {
    if (event.type === 'notice') notices.push(event.notice);
  });
  const sandbox = await room.open('ada', planOf('hello', { files: ['note'] }));
  await sandbox.ready();
  await lab.docker.getContainer((await lab.docker.listContainers())[0]!.Id).kill();
  await expect.poll(() => notices, { timeout: 20_000 }).toEqual(['machine_restarted']);
  await sandbox.ready();
  const { stdout } = await lab.engine.run(sandbox.machines.get('node1')!, { command: ['cat', '/root/note'] });
  expect(stdout).toBe('x');
});
