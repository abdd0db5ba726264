/** A machine without an engine: its learner installs one, as on any Debian, and it is then an engine like the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB, openLab, type Lab, type Machine } from '#server/engine/testing/lab.ts';

const ROOM = { kind: 'bare', limits: { memoryBytes: 1024 * MIB, diskBytes: 2048 * MIB } } as const;
const OLDER = '20.10.24+dfsg1';

let lab: Lab;
let machine: Machine;
beforeAll(async () => {
  lab = await openLab();
  machine = await lab.machine(ROOM);
}, 900_000);
afterAll(() => lab?.[Symbol.asyncDispose]());

const install = (what: string) =>
  machine.runs(`apt-get install -y ${what} 2>&1 </dev/null`, { timeoutMs: 120_000 });
const versions = () => machine.runs("docker version --format '{{.Client.Version}} {{.Server.Version}}'");

test('it has no engine, no client and nothing that runs one', async () => {
  expect(await machine.tries('docker version')).toMatchObject({
    code: 127,
    output: expect.stringContaining('docker: command not found') as string,
  });
  for (const program of ['dockerd', 'containerd', 'runc'])
    expect((await machine.tries(`which ${program}`)).code).toBe(1);
  expect((await machine.tries('service docker start')).output).toContain('docker: unrecognized service');
  expect((await machine.tries('ls /etc/docker')).code).not.toBe(0);
  expect(await machine.runs('ls -A /var/lib/docker')).toBe('');
  expect(await machine.runs("dpkg --get-selections | grep -cE 'docker|containerd|runc' || true")).toBe('0');
  expect(await machine.runs('ps -eo comm')).not.toMatch(/dockerd|containerd/);
});

test('its archive has two versions to choose from, and no network is asked', async () => {
  const update = await machine.runs('apt-get update 2>&1');
  expect(update).toContain('file:/srv/debian trixie');
  expect(update).not.toMatch(/^[EW]:/m);
  const known = (await machine.runs('apt-cache madison docker.io')).split('\n');
  expect(known.map((line) => line.split('|')[2]!.trim())).toEqual([
    'file:/srv/debian trixie/main amd64 Packages',
    'file:/srv/debian bookworm/main amd64 Packages',
  ]);
  expect(known[1]).toContain(OLDER);
});

test('the older version is installed by its number, runs, and is replaced without a question', async () => {
  await install(`docker.io=${OLDER}*`);
  await machine.runs('service docker start');
  expect(await versions()).toBe(`${OLDER} ${OLDER}`);
  expect(await machine.runs('docker run --rm hello-world 2>&1')).toContain('Hello from Docker!');
  expect(await install('docker.io')).not.toMatch(/debconf|What do you want to do|\*\*\*/);
  await machine.runs('service docker restart');
  expect(await versions()).toMatch(/^26\S+ 26\S+$/);
  expect(await machine.runs('docker images --quiet hello-world')).not.toBe('');
});

test('what was installed is an engine like any other: it builds, comes back after a sleep, and keeps its reserve', async () => {
  expect(await machine.runs("printf 'FROM busybox\\nRUN echo hi\\n' | docker build -q -")).toContain(
    'sha256:',
  );
  expect(await machine.runs('docker info --format {{.Driver}}')).toBe('overlay2');
  await machine.runs('docker run -d --name kept --restart always --stop-signal KILL busybox sleep 1000');
  await lab.engine.stopMachine(machine.ref);
  await lab.engine.startMachine(machine.ref);
  await expect.poll(() => machine.tries('docker ps --format {{.Names}}')).toMatchObject({ output: 'kept\n' });
  expect(await machine.runs('cat /proc/$(pgrep -x dockerd)/cgroup')).not.toContain('/user');
});

test('removed, it is gone whole, and may come back', async () => {
  await machine.runs('apt-get purge -y docker.io docker-cli containerd runc 2>&1', { timeoutMs: 60_000 });
  expect((await machine.tries('docker version')).code).toBe(127);
  expect((await machine.tries('service docker status')).output).toContain('unrecognized service');
  await install('docker.io');
  await machine.runs('service docker start');
  expect(await machine.runs('docker run --rm hello-world 2>&1')).toContain('Hello from Docker!');
});

test('it costs next to nothing while it has no engine', async () => {
  const other = await lab.machine(ROOM);
  const { memoryBytes, ownDiskBytes } = await lab.engine.usage(other.ref);
  expect(memoryBytes).toBeLessThan(8 * MIB);
  expect(ownDiskBytes).toBeLessThan(MIB);
  await lab.engine.stopMachine(other.ref);
  await lab.engine.startMachine(other.ref);
  expect((await other.tries('docker')).code).toBe(127);
});
