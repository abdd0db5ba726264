import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cache } from './cache.ts';

let place: string;
beforeEach(async () => {
  place = join(await mkdtemp(join(tmpdir(), 'pull-through-')), 'cache');
});
afterEach(() => rm(join(place, '..'), { recursive: true }));

test('belongs to nobody, and to nobody else', async () => {
  await new Cache(place).make();
  const { uid, gid, mode } = await stat(place);
  expect([uid, gid, mode & 0o777]).toEqual([65_534, 65_534, 0o700]);
});

test('is too large above its bound, and empty once it was cleared', async () => {
  const cache = new Cache(place, { mostBytes: 1000, leastFreeBytes: 0 });
  await cache.make();
  await mkdir(join(place, 'deep/down'), { recursive: true });
  await writeFile(join(place, 'deep/down/blob'), 'x'.repeat(1000));
  expect(await cache.isTooLarge()).toBe(false);
  await writeFile(join(place, 'blob'), 'x');
  expect(await cache.isTooLarge()).toBe(true);
  await cache.clear();
  expect(await readdir(place)).toEqual([]);
});

test('gives way when the disk is nearly full, unless it holds nothing', async () => {
  const cache = new Cache(place, { mostBytes: 1000, leastFreeBytes: Number.MAX_SAFE_INTEGER });
  await cache.make();
  expect(await cache.isTooLarge()).toBe(false);
  await writeFile(join(place, 'blob'), 'x');
  expect(await cache.isTooLarge()).toBe(true);
});
