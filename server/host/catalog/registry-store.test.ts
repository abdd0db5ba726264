import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifestJson } from './manifest.ts';
import { RegistryStore } from './registry-store.ts';

let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'catalog-store-'));
});
afterEach(() => rm(place, { recursive: true }));

const sha256 = (bytes: Buffer | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const read = (...path: string[]) => readFile(join(place, 'docker/registry/v2', ...path));
const blob = (digest: string) => read('blobs/sha256', digest.slice(7, 9), digest.slice(7), 'data');

async function* inPieces(...pieces: string[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}

test('a layer lies under the digest of its packed bytes and knows that of the archive in it', async () => {
  const layer = await new RegistryStore(place).addLayer(inPieces('one', 'two'));
  const packed = await blob(layer.digest);
  expect(sha256(packed)).toBe(layer.digest);
  expect(packed.length).toBe(layer.size);
  expect(gunzipSync(packed).toString()).toBe('onetwo');
  expect(layer.diffId).toBe(sha256('onetwo'));
});

test('packing the same archive twice gives the same layer', async () => {
  const store = new RegistryStore(place);
  expect(await store.addLayer(inPieces('same'))).toEqual(await store.addLayer(inPieces('sa', 'me')));
});

test('an archive that breaks off leaves nothing behind', async () => {
  const broken = (async function* () {
    yield Buffer.from('half');
    throw new Error('disk gone');
  })();
  await expect(new RegistryStore(place).addLayer(broken)).rejects.toThrow('disk gone');
  expect(await readdir(join(place, 'docker/registry/v2'))).toEqual([]);
});

test('an image is found by repository, tag and digest, its blobs through the repository alone', async () => {
  const store = new RegistryStore(place);
  const layer = await store.addLayer(inPieces('files'));
  const config = await store.addBlob('{}');
  const manifest = await store.addBlob(manifestJson({ config, layers: [layer] }));
  await store.link({ repository: 'library/x', tags: ['1', 'latest'], manifest, blobs: [config, layer] });
  const repository = 'repositories/library/x';
  for (const tag of ['1', 'latest'])
    expect(`${await read(repository, '_manifests/tags', tag, 'current/link')}`).toBe(manifest.digest);
  for (const { digest } of [config, layer])
    expect(`${await read(repository, '_layers', digest.replace(':', '/'), 'link')}`).toBe(digest);
  expect(JSON.parse(`${await blob(manifest.digest)}`)).toMatchObject({
    schemaVersion: 2,
    config: { digest: config.digest, size: 2 },
    layers: [{ digest: layer.digest, size: layer.size }],
  });
});
