import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeServingLock } from './serving-lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-lock-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a second server on the same data is refused and told who serves', async () => {
  using lock = await takeServingLock(directory);
  expect(lock).toBeDefined();
  await expect(takeServingLock(directory)).rejects.toThrow(`process ${process.pid}`);
});

test('the place is free again when the first has gone', async () => {
  (await takeServingLock(directory))[Symbol.dispose]();
  using lock = await takeServingLock(directory);
  expect(lock).toBeDefined();
});

test('servers with data of their own live side by side', async () => {
  using one = await takeServingLock(directory);
  using other = await takeServingLock(join(directory, 'other'));
  expect([one, other]).toHaveLength(2);
});
