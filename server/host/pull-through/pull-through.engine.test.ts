/** Machines pull through to a real registry, and an upstream that is out of reach is never felt as a hang. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { manifestJson } from '../catalog/manifest.ts';
import { RegistryStore } from '../catalog/registry-store.ts';
import { tarDirectory } from '../catalog/tar.ts';
import { layoutOf } from '../layout.ts';
import { registryText } from '../registry.ts';
import { must, run } from '../run.ts';
import { setUp } from '../set-up.ts';
import { openTestHost, silentReport, testConfig } from '../testing/test-host.ts';

const SANDBOX = 'pullthru';
const SET_UP_LIMIT_MS = 300_000;
/** In which an image that nobody has must be told, with some milliseconds for docker itself. */
const TOLD_MS = 2000;
const MIB = 1024 ** 2;
const LIMITS = { memoryBytes: 512 * MIB, pids: 500, cpus: 2, diskBytes: 1024 * MIB };

let place: string;
let upstream: { port: number; process: ChildProcess };
let engine: Engine & AsyncDisposable;
let ref: MachineRef;
let mirror: AsyncDisposable | null = null;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'upstream-'));
  await storeImages(place, ['far', 'farther', 'farthest']);
  upstream = await startRegistry(place);
  const host = await openTestHost();
  engine = await openLocalEngine(host.engine, silentLog);
  await clear();
  await engine.prepareImages([]);
  await engine.createNetwork(SANDBOX);
  const spec = { sandbox: SANDBOX, machine: 'node1', generation: 1, images: [], limits: LIMITS };
  ref = await engine.createMachine(spec);
}, SET_UP_LIMIT_MS);

afterAll(async () => {
  await mirror?.[Symbol.asyncDispose]();
  await openTestHost();
  await clear();
  await engine[Symbol.asyncDispose]();
  await dropPackets(null);
  upstream.process.kill();
  await rm(place, { recursive: true });
}, SET_UP_LIMIT_MS);

async function clear(): Promise<void> {
  for (const machine of await engine.machines())
    if (machine.ref.sandbox === SANDBOX) await engine.removeMachine(machine.ref);
  await engine.removeNetwork(SANDBOX);
}

/** As `docker push` would leave them, each with a file of its own. */
async function storeImages(directory: string, names: readonly string[]): Promise<void> {
  const store = new RegistryStore(directory);
  for (const name of names) {
    const files = join(directory, `files-${name}`);
    await mkdir(files);
    await writeFile(join(files, 'name'), name);
    const layer = await store.addLayer(tarDirectory(files, 1_700_000_000));
    const rootfs = { type: 'layers', diff_ids: [layer.diffId] };
    const config = await store.addBlob(
      JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Cmd: ['/name'] }, rootfs, history: [] }),
    );
    const manifest = await store.addBlob(manifestJson({ config, layers: [layer] }));
    await store.link({ repository: `library/${name}`, tags: ['latest'], manifest, blobs: [config, layer] });
  }
}

async function startRegistry(directory: string): Promise<typeof upstream> {
  const port = await freePort();
  const config = join(directory, 'config.yml');
  await writeFile(config, registryText({ address: '127.0.0.1', port, directory, upstream: null }));
  const process = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/v2/`)).status).toBe(200),
    10_000,
  );
  return { port, process };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((settle) => probe.close(settle));
  return port;
}

/** The instance begins anew with this upstream, or with none. */
async function serveFrom(port: number): Promise<void> {
  await mirror?.[Symbol.asyncDispose]();
  const config = { ...testConfig(), pullThrough: `http://127.0.0.1:${port}` };
  // What an earlier upstream gave must not answer for this one.
  await rm(layoutOf(config.dataDirectory).pullThroughCache, { recursive: true, force: true });
  const host = await setUp(config, silentReport);
  mirror = await host.openPullThrough(systemClock, silentLog);
}

const TABLE = 'inet drydock_test_upstream';
/** As a router that is gone does: nobody answers, nobody refuses. */
async function dropPackets(port: number | null): Promise<void> {
  if (port === null) return void (await run('nft', ['delete', 'table', ...TABLE.split(' ')]));
  const rules = `table ${TABLE} { chain output { type filter hook output priority 0; tcp dport ${port} drop; }; }`;
  await must('nft', ['-f', '-'], { input: rules });
}

async function pull(image: string): Promise<{ code: number; said: string; ms: number }> {
  const since = performance.now();
  const command = ['bash', '-c', `docker rmi -f ${image} >/dev/null 2>&1; docker pull -q ${image} 2>&1`];
  const { code, stdout } = await engine.run(ref, { command, timeoutMs: 50_000 });
  return { code, said: stdout.trim(), ms: performance.now() - since };
}

const isTold = async (image: string) => {
  const { code, said, ms } = await pull(image);
  expect([code, said]).toEqual([1, expect.stringContaining('registry-1.docker.io')]);
  expect(ms).toBeLessThan(TOLD_MS);
};
const comes = async (image: string) =>
  expect(await pull(image)).toMatchObject({ code: 0, said: `docker.io/library/${image}:latest` });

test(
  'what the catalog does not hold comes from upstream, what it holds from here, and what nobody holds is told',
  async () => {
    await serveFrom(upstream.port);
    await vi.waitFor(() => comes('far'), { timeout: 20_000 });
    await comes('hello-world');
    await isTold('nosuch');
    const built = `printf 'FROM farther\\nLABEL a=b\\n' | docker build -q - 2>&1`;
    const { stdout } = await engine.run(ref, { command: ['bash', '-c', built], timeoutMs: 50_000 });
    expect(stdout).toMatch(/^sha256:/);
  },
  SET_UP_LIMIT_MS,
);

test(
  'an upstream that vanishes is not waited for, and used again once it is back',
  async () => {
    await dropPackets(upstream.port);
    // Nobody has asked since it vanished, then somebody has.
    await isTold('nosuch');
    await isTold('farthest');
    await comes('hello-world');
    await dropPackets(null);
    await vi.waitFor(() => comes('farthest'), { timeout: 30_000, interval: 1000 });
  },
  SET_UP_LIMIT_MS,
);

test(
  'an upstream that refuses is not felt',
  async () => {
    await serveFrom(await freePort());
    await isTold('nosuch');
    await comes('hello-world');
  },
  SET_UP_LIMIT_MS,
);

test(
  'an upstream of which nothing is heard from the start is not felt, and used when it comes',
  async () => {
    await dropPackets(upstream.port);
    await serveFrom(upstream.port);
    await isTold('nosuch');
    await isTold('far');
    await comes('hello-world');
    await dropPackets(null);
    await vi.waitFor(() => comes('far'), { timeout: 40_000, interval: 1000 });
  },
  SET_UP_LIMIT_MS,
);

test(
  'switched off, nothing of it stays but what was pulled',
  async () => {
    await mirror?.[Symbol.asyncDispose]();
    mirror = null;
    await openTestHost();
    await isTold('far');
    await comes('hello-world');
    const left = await run('pgrep', ['-f', layoutOf(testConfig().dataDirectory).hubConfig]);
    expect(left.stdout).toBe('');
  },
  SET_UP_LIMIT_MS,
);
