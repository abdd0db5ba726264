/** Kernel limits: what is too low is raised, what is higher stays, what cannot be raised is said. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kernelLimitsStep } from './kernel-limits.ts';

async function place(values: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-limits-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, value] of Object.entries(values)) await writeFile(join(directory, name), value);
  const warned: string[] = [];
  const at = (name: string) => join(directory, name);
  const step = (...limits: { path: string; least: number }[]) =>
    kernelLimitsStep({ warn: (sentence) => void warned.push(sentence) }, limits);
  return { at, step, warned, read: (name: string) => readFile(at(name), 'utf8') };
}

test('what is too low is raised, and then all is as it must be', async () => {
  const { at, step, read, warned } = await place({ low: '200\n', high: '50000\n' });
  const limits = step({ path: at('low'), least: 20_000 }, { path: at('high'), least: 20_000 });
  expect(await limits.check()).toBeNull();
  await limits.apply(() => {});
  expect([await read('low'), (await read('high')).trim()]).toEqual(['20000', '50000']);
  expect(await limits.check()).toBe(true);
  expect(warned).toEqual([]);
});

test('a kernel without such a limit needs nothing', async () => {
  const { at, step } = await place({});
  expect(await step({ path: at('none'), least: 1 }).check()).toBe(true);
});

test('what cannot be raised is said, with the way out, and no reason to stop', async () => {
  const { step, warned } = await place({});
  // Root may not write it either: it tells and takes nothing.
  const limit = { path: '/proc/sys/kernel/random/entropy_avail', least: 1_000_000 };
  expect(await step(limit).apply(() => {})).toBe(true);
  expect(warned).toEqual([
    expect.stringMatching(/entropy_avail is too low .* Set it to 1000000 on the host\.$/),
  ]);
});
