import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Disks, plainDirectories } from './disks.ts';
import { GoldenDisks, type Builder, type DiskContent } from './golden.ts';

let pool: string;
let disks: Disks;
beforeEach(async () => {
  pool = await mkdtemp(join(tmpdir(), 'pool-'));
  disks = new Disks({ pool, uid: process.getuid!(), maker: plainDirectories });
  await disks.open();
});
afterEach(() => rm(pool, { recursive: true }));

const set = (...images: string[]): DiskContent => ({ kind: 'docker', images });

/** Pulls nothing: writes the images' names where an engine would keep them. */
function builder() {
  const built: string[][] = [];
  const build: Builder = async ({ kind, images }, from, use) => {
    built.push(kind === 'bare' ? [kind] : [...images]);
    const disk = await disks.make(`builder${built.length}`, from === null ? null : { golden: from }, 0);
    for (const path of ['upper', 'docker/image', 'docker/containerd'])
      await mkdir(join(disk, path), { recursive: true });
    await writeFile(join(disk, 'docker/image', images.join(',') || 'none'), '');
    return use(`builder${built.length}`);
  };
  return { built, build };
}

async function open(source = 'one'): Promise<GoldenDisks> {
  const golden = new GoldenDisks(disks, [source]);
  await golden.open();
  return golden;
}

test('a set is built once, however it is written and whoever asks', async () => {
  const golden = await open();
  const { built, build } = builder();
  await Promise.all([golden.prepare(set('b', 'a'), build), golden.prepare(set('a', 'b', 'a'), build)]);
  await golden.prepare(set('a', 'b'), build);
  expect(built).toEqual([[], ['b', 'a']]);
  expect(golden.find(set('b', 'a'))).toBe(golden.find(set('a', 'b')));
  expect(golden.find(set('a'))).toBeNull();
});

test('it keeps images and leaves out what every machine makes for itself', async () => {
  const golden = await open();
  await golden.prepare(set('a'), builder().build);
  const disk = await disks.make('machine', { golden: golden.find(set('a'))! }, 0);
  expect(await readdir(disk)).toEqual(['docker']);
  expect(await readdir(join(disk, 'docker'))).toEqual(['image']);
  expect((await readdir(join(disk, 'docker/image'))).toSorted()).toEqual(['a', 'none']);
});

test('what is there is found after a restart, and made anew for another machine image', async () => {
  await (await open()).prepare(set('a'), builder().build);
  expect((await open()).find(set('a'))).not.toBeNull();
  expect((await open('two')).find(set('a'))).toBeNull();
  expect(await disks.goldens()).toEqual([]);
});

test('a set that could not be built is not there, and half a disk is swept', async () => {
  const golden = await open();
  const failing: Builder = () => Promise.reject(new Error('no such image'));
  await expect(golden.prepare(set(), failing)).rejects.toThrow('no such image');
  expect(golden.find(set())).toBeNull();
  await mkdir(join(pool, 'golden', '.half'));
  await open();
  expect(await readdir(join(pool, 'golden'))).toEqual([]);
});

test('a bare one keeps what hides the engine, and nothing that names the machine it was made in', async () => {
  const golden = await open();
  const build: Builder = async (_content, from, use) => {
    const disk = await disks.make('builder', from === null ? null : { golden: from }, 0);
    for (const path of ['upper/etc', 'upper/usr/bin', 'docker/image', 'work'])
      await mkdir(join(disk, path), { recursive: true });
    for (const path of ['upper/etc/hosts', 'upper/etc/apt', 'upper/usr/bin/docker'])
      await writeFile(join(disk, path), '');
    return use('builder');
  };
  await golden.prepare({ kind: 'bare', images: [] }, build);
  expect(golden.find({ kind: 'bare', images: [] })).not.toBe(golden.find(set()));
  const disk = await disks.make('machine', { golden: golden.find({ kind: 'bare', images: [] })! }, 0);
  expect(await readdir(disk)).toEqual(['upper']);
  expect(await readdir(join(disk, 'upper/etc'))).toEqual(['apt']);
  expect(await readdir(join(disk, 'upper/usr/bin'))).toEqual(['docker']);
});
