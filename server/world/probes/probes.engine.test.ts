/** Looks at a real machine: into containers of every sort, over its network, and out in time. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openRealWorld, type RealWorld } from '../testing/real-world.ts';
import type { Probe } from './contract.ts';

const machine = 'node1';
let place: RealWorld;
beforeAll(async () => {
  place = await openRealWorld({ images: ['hello-world', 'busybox', 'nginx'] });
  await place.machine.runs('docker create --name shellless hello-world');
  await place.machine.runs(
    'docker run -d --name web -v data:/data -p 8080:80 -p 127.0.0.1:8081:80 nginx && ' +
      'docker exec web sh -c "echo kept > /data/note; ln -s /data/note /etc/link; ln -s loop /etc/loop; ln -s ../../../../root/secret /etc/up"',
  );
  await place.machine.runs('echo secret > /root/secret; ln -s /root/secret /root/link');
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const look = <Asked extends Probe>(probe: Asked) => place.probes.look(place.sandbox.id, probe);
const file = (path: string, container: string | null = null) =>
  look({ kind: 'file', machine, container, path });
const script = (script: string) => look({ kind: 'shell', machine, script });
const page = (port: number) => look({ kind: 'http', machine, port, path: '/', headers: {} });

test('files on the machine', async () => {
  expect(await file('/root/link')).toEqual({ type: 'file', text: 'secret\n' });
  expect(await file('/etc')).toEqual({ type: 'directory' });
  expect(await file('/dev/null')).toEqual({ type: 'other' });
  expect(await file('/none')).toEqual({ type: 'missing' });
});

test('files in a container: in its layers, in a volume, by links that stay inside', async () => {
  expect(await file('/data/note', 'web')).toEqual({ type: 'file', text: 'kept\n' });
  expect(await file('/etc/link', 'web')).toEqual({ type: 'file', text: 'kept\n' });
  expect(await file('/etc/nginx', 'web')).toEqual({ type: 'directory' });
  expect(await file('/etc/up', 'web')).toEqual({ type: 'missing' });
  expect(await file('/etc/loop', 'web')).not.toMatchObject({ type: 'file' });
  expect(await file('/none', 'web')).toEqual({ type: 'missing' });
  expect(await file('/data/note', 'nobody')).toEqual({ type: 'missing' });
});

test('a container that never ran and has no shell', async () => {
  const found = await file('/hello', 'shellless');
  expect(found).toMatchObject({ type: 'file' });
  expect(found?.type === 'file' && found.text.slice(1, 4)).toBe('ELF');
});

test('a large file is read to its bound', async () => {
  await place.machine.runs('docker exec web dd if=/dev/zero of=/large bs=1M count=20');
  const found = await file('/large', 'web');
  expect(found?.type === 'file' && found.text.length).toBe(256 * 1024);
});

test('pages on every address of the machine, not on its own alone', async () => {
  expect(await page(8080)).toMatchObject({ type: 'answer', status: 200 });
  expect(await page(8081)).toEqual({ type: 'refused' });
  expect(await page(9999)).toEqual({ type: 'refused' });
});

test('what a container changed', async () => {
  await place.machine.runs('docker exec web sh -c "touch /etc/note && rm /etc/debian_version"');
  const { id } = [...place.world()!.containers.values()].find(({ name }) => name === 'web')!;
  const found = await look({ kind: 'diff', machine, container: id });
  expect(found?.added).toContain('/etc/note');
  expect(found?.changed).toContain('/etc');
  expect(found?.deleted).toContain('/etc/debian_version');
});

test('a script works while the learner’s own group is full', async () => {
  await place.machine.runs('(for i in $(seq 800); do sleep 60 & done) >/dev/null 2>&1 &');
  const sleeping = async () => Number((await script('pgrep -c sleep'))?.stdout);
  await vi.waitFor(async () => expect(await sleeping()).toBeGreaterThan(400), { timeout: 10_000 });
  expect(await script('id -un; echo $HOME; docker ps --format "{{.Names}}"')).toEqual({
    exitCode: 0,
    stdout: 'root\n/root\nweb\n',
  });
  // It ends itself as well.
  await place.machine.tries('pkill -KILL bash; pkill -KILL sleep', { asLearner: false });
});

test('a script that does not end is ended, with all that it started', async () => {
  const startedAtMs = performance.now();
  expect(await script('sleep 1234 & sleep 1234')).toBeNull();
  expect(performance.now() - startedAtMs).toBeLessThan(7_500);
  expect(await place.machine.runs('pgrep -fc "[s]leep 1234" || true', { asLearner: false })).toBe('0');
  expect(await place.machine.runs('ls -A /dev/shm')).toBe('');
});

test('a machine that is stopped says nothing', async () => {
  const { machine: real, sandbox } = place;
  await real.container.stop({ t: 1 });
  expect(sandbox.machines.size).toBe(1);
  expect(await file('/etc')).toBeNull();
  expect(await page(8080)).toBeNull();
  expect(await script('true')).toBeNull();
});
