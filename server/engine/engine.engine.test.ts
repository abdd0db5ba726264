import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EngineChange } from './contract.ts';
import { containerName } from './local/labels.ts';
import { LIMITS, openLab, type Lab } from './testing/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 600_000);
afterEach(() => lab.clear());
afterAll(() => lab[Symbol.asyncDispose]());

test('a machine comes up with an engine that answers and images that are there already', async () => {
  const machine = await lab.machine({ images: ['hello-world'] });
  expect(await machine.runs('docker version --format {{.Server.Version}}')).toMatch(/^\d+\./);
  expect(await machine.runs('docker images --format {{.Repository}}')).toBe('hello-world');
  expect(await machine.runs('docker run --rm hello-world')).toContain('Hello from Docker!');
});

test('an image that the catalog lacks fails soon, inside and when prepared', async () => {
  const machine = await lab.machine();
  const startedMs = performance.now();
  const { code, output } = await machine.tries('docker pull nosuch');
  expect([code, performance.now() - startedMs < 2000]).toEqual([1, true]);
  expect(output).toContain('no such host');
  await expect(lab.engine.prepareImages(['nosuch'])).rejects.toMatchObject({ code: 'image_unknown' });
  expect(await lab.engine.remains()).toEqual([machine.ref.sandbox]);
});

test('an image set that nobody prepared is refused', async () => {
  const spec = { sandbox: 'abcdefgh', machine: 'node1', generation: 1, images: ['other'], limits: LIMITS };
  await expect(lab.engine.createMachine(spec)).rejects.toMatchObject({ code: 'image_unknown' });
});

test('a process has three streams, an environment and an exit code', async () => {
  const { ref } = await lab.machine();
  const result = await lab.engine.run(ref, {
    command: ['sh', '-c', 'cat; echo "$WORD" >&2; exit 7'],
    env: { WORD: 'wörld' },
    input: 'hello',
  });
  expect(result).toEqual({ code: 7, stdout: 'hello', stderr: 'wörld\n' });
});

test('output beyond the bound is cut, and a process that takes too long is ended', async () => {
  const machine = await lab.machine();
  const { stdout } = await lab.engine.run(machine.ref, { command: ['seq', '100000'], maxBytes: 1000 });
  expect(stdout).toHaveLength(1000);
  const sleeping = lab.engine.run(machine.ref, { command: ['sleep', '987'], timeoutMs: 300 });
  await expect(sleeping).rejects.toMatchObject({ code: 'machine_unreachable' });
  await expect.poll(() => machine.tries('pgrep -f "sleep 98[7]"')).toMatchObject({ code: 1 });
});

test('a program whose output nobody reads waits, and goes on when it is read', async () => {
  const machine = await lab.machine();
  const process = await lab.engine.exec(machine.ref, { command: ['seq', '--format', '%09.0f', '3000000'] });
  const running = () => machine.tries('pgrep seq');
  await expect.poll(running).toMatchObject({ code: 0 });
  let size = 0;
  for await (const chunk of process.stdout as AsyncIterable<Buffer>) size += chunk.length;
  expect([size, await process.exit]).toEqual([30_000_000, 0]);
});

test("a learner's program runs in the group that leaves the engine its reserve", async () => {
  const machine = await lab.machine();
  expect(await machine.runs('cat /proc/self/cgroup')).toMatch(/:\/user$/m);
  expect(await machine.runs('cat /proc/self/cgroup', { asLearner: false })).not.toMatch(/:\/user$/m);
});

test('ports and sockets of a machine can be dialled, and silence is an error', async () => {
  const machine = await lab.machine({ images: ['nginx'] });
  await machine.runs('docker run -d -p 8080:80 nginx');
  await expect
    .poll(() => ask({ port: 8080 }).catch(String), { timeout: 10_000 })
    .toContain('HTTP/1.1 200 OK');
  expect(await ask({ socket: '/run/docker.sock' })).toContain('HTTP/1.0 404');
  await expect(lab.engine.dial(machine.ref, { port: 8081 })).rejects.toMatchObject({
    code: 'machine_unreachable',
  });

  async function ask(target: { port: number } | { socket: string }): Promise<string> {
    const stream = await lab.engine.dial(machine.ref, target);
    stream.write('GET / HTTP/1.0\r\n\r\n');
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      stream.destroy();
      return chunk.toString();
    }
    return '';
  }
});

test('sleep costs no memory, and waking keeps files, volumes, images and containers by restart policy', async () => {
  const machine = await lab.machine({ images: ['nginx'] });
  const { Id } = await machine.container.inspect();
  await machine.runs('echo kept >/root/note; docker volume create data; docker pull -q hello-world');
  await machine.runs('docker run -d --name always --restart always nginx; docker run -d --name once nginx');
  expect(await processesOf(Id)).not.toEqual([]);
  await lab.engine.stopMachine(machine.ref);
  expect(await processesOf(Id)).toEqual([]);
  await expect(lab.engine.run(machine.ref, { command: ['true'] })).rejects.toMatchObject({
    code: 'machine_unreachable',
  });
  await lab.engine.startMachine(machine.ref);
  expect(await machine.runs('cat /root/note; docker volume ls -q')).toBe('kept\ndata');
  expect(await machine.runs('docker images -q hello-world')).not.toBe('');
  await expect.poll(() => machine.runs('docker ps --format {{.Names}}'), { timeout: 10_000 }).toBe('always');
  expect(await machine.runs('docker ps -a --format {{.Names}} | sort')).toBe('always\nonce');
});

test('starting what runs and stopping what is stopped change nothing', async () => {
  const machine = await lab.machine();
  const before = await machine.runs('stat -c %Y /proc/1');
  await lab.engine.startMachine(machine.ref);
  expect(await machine.runs('stat -c %Y /proc/1')).toBe(before);
  await lab.engine.stopMachine(machine.ref);
  await lab.engine.stopMachine(machine.ref);
});

test('an engine that its learner broke does not keep the machine from waking', async () => {
  const machine = await lab.machine();
  await machine.runs('echo "{ broken" >/etc/docker/daemon.json');
  await lab.engine.stopMachine(machine.ref);
  await lab.engine.startMachine(machine.ref);
  expect(await machine.runs('cat /etc/docker/daemon.json')).toBe('{ broken');
});

test('usage tells memory, processes and disk beside their limits', async () => {
  const machine = await lab.machine();
  const before = await lab.engine.usage(machine.ref);
  expect(before).toMatchObject({ memoryLimitBytes: LIMITS.memoryBytes, diskLimitBytes: LIMITS.diskBytes });
  expect(before.memoryBytes).toBeGreaterThan(1e6);
  expect(before.pids).toBeGreaterThan(3);
  await machine.runs('dd if=/dev/urandom of=/root/big bs=1M count=50 status=none; sync');
  const after = await lab.engine.usage(machine.ref);
  expect(after.diskBytes - before.diskBytes).toBeGreaterThan(45e6);
});

test('a stale reference is refused, and removing it twice is fine', async () => {
  const { ref } = await lab.machine();
  const stale = { ...ref, generation: 7 };
  for (const verb of ['startMachine', 'stopMachine', 'usage'] as const)
    await expect(lab.engine[verb](stale)).rejects.toMatchObject({ code: 'machine_unknown' });
  await expect(lab.engine.exec(stale, { command: ['true'] })).rejects.toMatchObject({
    code: 'machine_unknown',
  });
  await lab.engine.removeMachine(stale);
  await lab.engine.removeMachine(ref);
  await lab.engine.removeMachine(ref);
});

test('made anew, a machine replaces its former life with everything of it', async () => {
  const former = await lab.machine();
  await former.runs('touch /root/old');
  const machine = await lab.machineIn(former.ref.sandbox, 'node1', { generation: 2 });
  expect(await machine.runs('ls -A /root | grep -c old || :')).toBe('0');
  await expect(former.runs('true')).rejects.toMatchObject({ code: 'machine_unknown' });
  expect(await lab.engine.machines()).toEqual([{ ref: machine.ref, running: true }]);
});

test('a machine that a crash left half made is seen, replaced and removed', async () => {
  const machine = await lab.machine();
  await machine.container.kill();
  await machine.container.remove();
  expect(await lab.engine.machines()).toEqual([]);
  expect(await lab.engine.remains()).toEqual([machine.ref.sandbox]);
  const again = await lab.machineIn(machine.ref.sandbox, 'node1');
  await again.container.remove({ force: true });
  await lab.engine.removeNetwork(machine.ref.sandbox);
  expect(await lab.engine.remains()).toEqual([]);
  expect(await readdir(`${lab.settings.poolDirectory}/machines`)).toEqual([]);
});

test('machines made at once do not disturb each other and find their sisters by name', async () => {
  const [one, other] = await Promise.all([lab.machine(), lab.machine()]);
  expect(await one.address()).not.toBe(await other.address());
  const [two, three] = await Promise.all(
    ['node2', 'node3'].map((name) => lab.machineIn(one.ref.sandbox, name)),
  );
  expect(await one.runs('getent hosts node3 | cut -d" " -f1')).toBe(await three!.address());
  expect(await two!.runs('ping -c1 -W1 node1 >/dev/null && echo reached')).toBe('reached');
});

test('an image set that two ask for at once is made once', async () => {
  const golden = `${lab.settings.poolDirectory}/golden`;
  await Promise.all([lab.machine({ images: ['busybox'] }), lab.machine({ images: ['busybox'] })]);
  const before = await readdir(golden);
  await lab.engine.prepareImages(['busybox', 'busybox']);
  expect(await readdir(golden)).toEqual(before);
  expect(before.every((name) => !name.startsWith('.'))).toBe(true);
});

test('who watches sees the full list first and then each change', async () => {
  const machine = await lab.machine();
  const stop = new AbortController();
  const seen: EngineChange[] = [];
  const watching = (async () => {
    for await (const change of lab.engine.watch(stop.signal)) seen.push(change);
  })();
  await expect
    .poll(() => seen[0])
    .toEqual({
      type: 'machines',
      machines: [{ ref: machine.ref, running: true }],
    });
  await machine.container.kill();
  await expect.poll(() => seen[1]).toEqual({ type: 'stopped', ref: machine.ref, outOfMemory: false });
  await lab.engine.startMachine(machine.ref);
  await lab.engine.removeMachine(machine.ref);
  await expect
    .poll(() => seen.map(({ type }) => type))
    .toEqual(['machines', 'stopped', 'started', 'stopped', 'removed']);
  stop.abort();
  await watching;
});

test('every trace bears our labels from birth', async () => {
  const { ref } = await lab.machine();
  const { Config } = await lab.docker.getContainer(containerName(lab.settings.instance, ref)).inspect();
  expect(Config.Labels).toMatchObject({
    'drydock.instance': lab.settings.instance,
    'drydock.sandbox': ref.sandbox,
  });
  const network = await lab.docker.getNetwork(`${lab.settings.bridgePrefix}${ref.sandbox}`).inspect();
  expect(network.Labels).toMatchObject({ 'drydock.sandbox': ref.sandbox });
  const guard = `/proc/sys/net/ipv4/conf/${lab.settings.bridgePrefix}${ref.sandbox}/rp_filter`;
  expect((await readFile(guard, 'utf8')).trim()).toBe('1');
});

/** Processes on the host that are in a container's groups. */
async function processesOf(containerId: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const groups = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => groups[index]!.includes(containerId));
}
