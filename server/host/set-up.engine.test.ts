/** Sets up real instances on this host, beside each other, again, interrupted, and takes them down without a trace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Docker from 'dockerode';
import { afterAll, expect, test, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import type { Host, Report } from './contract.ts';
import { isThere } from './files.ts';
import { layoutOf } from './layout.ts';
import { setUp } from './set-up.ts';
import { findTraces, type Traces } from './testing/traces.ts';
import { testConfig } from './testing/test-host.ts';

const FOLDER = '/var/lib/drydock-test-set-up';
const SET_UP_TIMEOUT_MS = 600_000;
const { artifactsDirectory } = testConfig();

const configOf = (name: string) => ({
  ...testConfig({ DRYDOCK_DATA: `${FOLDER}-${name}`, DRYDOCK_POOL_MB: '1024' }),
  artifactsDirectory,
});
const environmentOf = (name: string, artifacts = artifactsDirectory): NodeJS.ProcessEnv => ({
  NODE_ENV: 'test',
  PATH: process.env['PATH'],
  DRYDOCK_DATA: configOf(name).dataDirectory,
  DRYDOCK_ARTIFACTS: artifacts,
  DRYDOCK_POOL_MB: '1024',
});

function listening(): { report: Report; steps: string[] } {
  const steps: string[] = [];
  const nothing = { detail() {}, done() {}, failed() {} };
  return { steps, report: { begin: (title) => (steps.push(title), nothing), warn() {} } };
}

function wordsOf(name: string, host: Host): string[] {
  const slot = /\d+/.exec(host.engine.instance)![0];
  return [configOf(name).dataDirectory, `dd${slot}-`, `dd${slot}svc`, `drydock_${slot}`];
}

const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');
const DOWN = join(import.meta.dirname, '../commands/down.ts');

async function runDown(name: string, ...options: string[]): Promise<number> {
  const child = spawn(NODE, [DOWN, ...options], {
    env: environmentOf(name),
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number];
  return code;
}

/** Starts set-up in a process of its own and kills it hard when it begins the step. */
async function interrupt(name: string, atStep: string, artifacts?: string): Promise<void> {
  const script = join(import.meta.dirname, 'testing/set-up-process.ts');
  const child = spawn(NODE, [script], {
    env: environmentOf(name, artifacts),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const title of createInterface({ input: child.stdout }))
    if (title === atStep) child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

async function version(host: Host): Promise<string> {
  return (await new Docker({ socketPath: host.engine.socketPath }).version()).Version;
}

const NOTHING: Traces = {
  mounts: [],
  loops: [],
  links: [],
  tables: [],
  rules: [],
  processes: [],
  groups: [],
  files: [],
};
async function readPid(path: string): Promise<number | null> {
  return Number(await readFile(path, 'utf8').catch(() => '')) || null;
}

const names = ['one', 'two', 'cut', 'crash', 'building'];
afterAll(async () => {
  for (const name of names) await runDown(name, '--purge');
}, 120_000);

test(
  'two instances stand side by side, and taking one down leaves the other as it was',
  async () => {
    const one = await setUp(configOf('one'), listening().report);
    const two = await setUp(configOf('two'), listening().report);
    expect(one.engine.subnet).not.toBe(two.engine.subnet);
    expect(one.engine.quota).toBe(true);
    expect(await version(one)).toBe(await version(two));
    expect(await runDown('two', '--purge')).toBe(0);
    const left = await findTraces(wordsOf('two', two));
    expect(left).toEqual(NOTHING);
    expect(await version(one)).toMatch(/^\d+/);
    const still = await findTraces(wordsOf('one', one));
    expect(still.links).toHaveLength(1);
    expect(still.tables).toHaveLength(2);
    expect(still.rules).toHaveLength(1);
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'a second start finds all there: no step, within a second, the same place',
  async () => {
    const first = await setUp(configOf('one'), listening().report);
    const { report, steps } = listening();
    const since = performance.now();
    const second = await setUp(configOf('one'), report);
    expect(performance.now() - since).toBeLessThan(1000);
    expect(steps).toEqual([]);
    expect(second.engine).toEqual(first.engine);
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'taken down without purge, it comes back with its network, its pool and its images',
  async () => {
    const first = await setUp(configOf('one'), listening().report);
    expect(await runDown('one')).toBe(0);
    expect((await findTraces(wordsOf('one', first))).processes).toEqual([]);
    expect((await findTraces(wordsOf('one', first))).mounts).toEqual([]);
    const { report, steps } = listening();
    const second = await setUp(configOf('one'), report);
    expect(second.engine).toEqual(first.engine);
    expect(steps).not.toContain('Machine image');
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'after a reboot, what lay in its run directory misleads nobody',
  async () => {
    const first = await setUp(configOf('one'), listening().report);
    expect(await runDown('one')).toBe(0);
    const layout = layoutOf(configOf('one').dataDirectory);
    await writeFile(layout.bootFile, 'another boot');
    await writeFile(layout.enginePidFile, '1');
    await writeFile(layout.engineSocket, 'left behind');
    const second = await setUp(configOf('one'), listening().report);
    expect(second.engine).toEqual(first.engine);
    expect(await version(second)).toMatch(/^\d+/);
  },
  SET_UP_TIMEOUT_MS,
);

test.each(['Data directory', 'Disk pool', 'Outer engine', 'Machine image'])(
  'killed when it begins "%s", the next start carries on and ends well',
  async (step) => {
    await interrupt('cut', step);
    const host = await setUp(configOf('cut'), listening().report);
    expect(await version(host)).toMatch(/^\d+/);
    expect(await runDown('cut', '--purge')).toBe(0);
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'half an instance, with its engine killed and its container left behind, is purged without a trace',
  async () => {
    const host = await setUp(configOf('crash'), listening().report);
    const docker = new Docker({ socketPath: host.engine.socketPath });
    const container = await docker.createContainer({
      Image: host.engine.machineImage,
      Entrypoint: ['sleep', 'infinity'],
      HostConfig: { NetworkMode: 'none' },
      Labels: { 'drydock.instance': host.engine.instance },
    });
    await container.start();
    expect((await findTraces([container.id])).groups).not.toEqual([]);
    const layout = layoutOf(configOf('crash').dataDirectory);
    const bundle = join(layout.containerdState, 'io.containerd.runtime.v2.task/moby', container.id);
    const shimSocket = (await readFile(join(bundle, 'address'), 'utf8')).replace('unix://', '').trim();
    expect(await isThere(shimSocket)).toBe(true);
    for (const daemon of ['dockerd', 'containerd', 'dns'])
      process.kill(Number(await readFile(layout.pidFile(daemon), 'utf8')), 'SIGKILL');
    await rm(layout.pidFile('registry'));
    expect(await runDown('crash', '--purge')).toBe(0);
    expect(await isThere(shimSocket)).toBe(false);
    const left = await findTraces([...wordsOf('crash', host), container.id]);
    expect(left).toEqual(NOTHING);
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'a daemon that dies is started again',
  async () => {
    const host = await setUp(configOf('one'), listening().report);
    const { dnsPidFile } = host.engine;
    const pid = Number(await readFile(dnsPidFile, 'utf8'));
    const keeping = host.keepDaemons(silentLog);
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => readPid(dnsPidFile).then((now) => now !== null && now !== pid), 30_000);
    keeping[Symbol.dispose]();
  },
  SET_UP_TIMEOUT_MS,
);

test(
  'killed while it builds images, it is purged without a trace, builders included',
  async () => {
    const { dataDirectory } = configOf('building');
    await interrupt('building', 'Machine root', join(dataDirectory, 'artifacts'));
    expect(await runDown('building', '--purge')).toBe(0);
    const left = await findTraces([dataDirectory]);
    expect(left).toEqual(NOTHING);
  },
  SET_UP_TIMEOUT_MS,
);
