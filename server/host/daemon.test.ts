import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureUp, isUp, stopDaemon, type Daemon } from './daemon.ts';
import { layoutOf, type Layout } from './layout.ts';

let layout: Layout;
let sleeper: Daemon;
beforeEach(async () => {
  layout = layoutOf(await mkdtemp(join(tmpdir(), 'drydock-daemon-')));
  await mkdir(layout.run);
  // As long as no other process here sleeps: that is how it is told apart.
  const sleepS = `1000000.${process.pid}${Date.now() % 1000}`;
  sleeper = {
    name: 'sleeper',
    command: ['sleep', sleepS],
    settings: { [join(layout.root, 'sleeper.conf')]: 'deep' },
    readyTimeoutMs: 5000,
    isReady: async () => true,
  };
});
afterEach(async () => {
  await stopDaemon(sleeper, layout);
  await rm(layout.root, { recursive: true });
});

const pidOf = async () => Number(await readFile(layout.pidFile('sleeper'), 'utf8'));

test('a daemon that runs is left running', async () => {
  await ensureUp(sleeper, layout);
  const pid = await pidOf();
  await ensureUp(sleeper, layout);
  expect(await pidOf()).toBe(pid);
  expect(await readFile(join(layout.root, 'sleeper.conf'), 'utf8')).toBe('deep');
});

test('other settings start it anew', async () => {
  await ensureUp(sleeper, layout);
  const pid = await pidOf();
  const changed = { ...sleeper, settings: { [join(layout.root, 'sleeper.conf')]: 'light' } };
  expect(await isUp(changed, layout)).toBe(false);
  await ensureUp(changed, layout);
  expect(await pidOf()).not.toBe(pid);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('it is found without its pid file, and a pid file that names another process misleads nobody', async () => {
  await ensureUp(sleeper, layout);
  const pid = await pidOf();
  await rm(layout.pidFile('sleeper'));
  expect(await isUp(sleeper, layout)).toBe(true);
  await writeFile(layout.pidFile('sleeper'), `${process.pid}\n`);
  await stopDaemon(sleeper, layout);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('one that ends at once is named with its last words', async () => {
  const broken: Daemon = { ...sleeper, command: ['ls', '/nowhere'], isReady: async () => false };
  await expect(ensureUp(broken, layout)).rejects.toMatchObject({
    code: 'daemon_failed',
    message: expect.stringContaining('/nowhere'),
  });
});
