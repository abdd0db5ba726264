/** The catalog as its mirror serves it: complete, true to its digests, the same from every build, and safe to interrupt. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SERVICE_PORTS } from '../contract.ts';
import { listProcesses } from '../processes.ts';
import { openTestHost, testConfig } from '../testing/test-host.ts';
import { buildCatalog, type Catalog } from './build.ts';
import { DEFINITIONS, PROVENANCE } from './definitions.ts';
import { MANIFEST_TYPE } from './manifest.ts';

const BUILD_LIMIT_MS = 5 * 60_000;

const descriptor = z.object({ digest: z.string(), size: z.number() });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor) });
const configSchema = z.object({
  os: z.literal('linux'),
  config: z.object({ Labels: z.record(z.string(), z.string()) }),
  rootfs: z.object({ diff_ids: z.array(z.string()) }),
  history: z.array(z.object({ created_by: z.string(), empty_layer: z.boolean().optional() })),
});

let mirror: string;
let catalog: Catalog;
let place: string;

beforeAll(async () => {
  const host = await openTestHost();
  mirror = `http://${host.engine.serviceAddress}:${SERVICE_PORTS.mirror}/v2`;
  catalog = await buildCatalog({ directory: testConfig().artifactsDirectory });
  place = await mkdtemp(join(tmpdir(), 'catalog-build-'));
}, 2 * BUILD_LIMIT_MS);

afterAll(() => rm(place, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function pullBlob(repository: string, { digest, size }: z.infer<typeof descriptor>): Promise<Buffer> {
  const response = await fetch(`${mirror}/${repository}/blobs/${digest}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, bytes.length, sha256(bytes)]).toEqual([200, size, digest]);
  return bytes;
}

function pullManifest(repository: string, tag: string): Promise<Response> {
  return fetch(`${mirror}/${repository}/manifests/${tag}`, { headers: { accept: MANIFEST_TYPE } });
}

const IMAGES = DEFINITIONS.map((definition, index) => ({ ...definition, index }));
test.each(IMAGES)('$folder, image $index, comes whole out of the mirror', async ({ repository, index }) => {
  const image = catalog.images[index]!;
  expect(image.repository).toBe(repository);
  const manifest = await pullManifest(repository, image.tags[0]!);
  const bytes = Buffer.from(await manifest.arrayBuffer());
  expect(sha256(bytes)).toBe(image.digest);
  const { config, layers } = manifestSchema.parse(JSON.parse(bytes.toString()));
  const about = configSchema.parse(JSON.parse((await pullBlob(repository, config)).toString()));
  const archives: string[] = [];
  for (const layer of layers) archives.push(sha256(gunzipSync(await pullBlob(repository, layer))));
  expect(about.rootfs.diff_ids).toEqual(archives);
  expect(about.history.filter((entry) => !entry.empty_layer)).toHaveLength(layers.length);
  expect(about.config.Labels['org.opencontainers.image.description']).toContain(PROVENANCE);
});

test('every tag names its image', async () => {
  for (const { repository, tags, digest } of catalog.images)
    for (const tag of tags) {
      const response = await pullManifest(repository, tag);
      await response.body?.cancel();
      expect([tag, response.headers.get('docker-content-digest')]).toEqual([tag, digest]);
    }
});

test('images that stand on Debian share its layer', async () => {
  const firstLayer = async (repository: string) =>
    manifestSchema.parse(await (await pullManifest(repository, 'latest')).json()).layers[0]!.digest;
  const debian = await firstLayer('library/debian');
  for (const repository of ['nginx', 'httpd', 'redis', 'registry'])
    expect(await firstLayer(`library/${repository}`)).toBe(debian);
  expect(await firstLayer('docker/getting-started')).toBe(debian);
});

/** Builds in a process of its own, and kills that as soon as the first image is done and others are under way. */
async function buildAndKill(directory: string): Promise<void> {
  const program = `
    const { buildCatalog } = await import(${JSON.stringify(join(import.meta.dirname, 'build.ts'))});
    await buildCatalog({ directory: ${JSON.stringify(directory)}, progress: ({ done }) => console.log(done) });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((settle) => child.on('close', settle));
  child.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('1') && child.kill('SIGKILL'));
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
}

test(
  'a build that is killed leaves nothing running or mounted, and the next one gives the same images',
  async () => {
    await buildAndKill(place);
    const ours = async () => {
      const processes = await listProcesses();
      return processes.map(({ command }) => command.join(' ')).filter((command) => command.includes(place));
    };
    await expect.poll(ours, { timeout: 10_000 }).toEqual([]);
    expect(await readFile('/proc/self/mountinfo', 'utf8')).not.toContain(place);
    const again = await buildCatalog({ directory: place });
    expect(await readdir(place)).toEqual([again.registryDirectory.slice(place.length + 1)]);
    // The packages' mirror may have moved on since the instance was set up; then a build of now is the measure.
    const measure =
      again.digest === catalog.digest ? catalog : await buildCatalog({ directory: join(place, 'clean') });
    expect(again.images).toEqual(measure.images);
    expect(again.digest).toBe(measure.digest);
  },
  3 * BUILD_LIMIT_MS,
);

test('a finished catalog is found again at once', async () => {
  const steps: string[] = [];
  const found = await buildCatalog({
    directory: testConfig().artifactsDirectory,
    progress: ({ image }) => steps.push(image),
  });
  expect(found).toEqual(catalog);
  expect(steps).toEqual([]);
});
