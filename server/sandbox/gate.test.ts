import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

test('no more than its size run at once, in order, and a failure frees its place', async () => {
  const gate = new Gate(2);
  const started: number[] = [];
  const finish: ((failed?: boolean) => void)[] = [];
  const all = [0, 1, 2, 3].map((number) =>
    gate.run(async () => {
      started.push(number);
      await new Promise<void>((resolve, reject) => {
        finish[number] = (failed) => (failed ? reject(new Error('failed')) : resolve());
      });
    }),
  );
  await settled();
  expect(started).toEqual([0, 1]);
  finish[1]?.(true);
  await expect(all[1]).rejects.toThrow('failed');
  await settled();
  expect(started).toEqual([0, 1, 2]);
  finish[0]?.();
  finish[2]?.();
  await settled();
  finish[3]?.();
  await Promise.all([all[0], all[2], all[3]]);
});

test('one with several machines takes several places, and is not overtaken for ever by small ones', async () => {
  const gate = new Gate(3);
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const start = (name: string, places: number) =>
    gate.run(() => {
      started.push(name);
      return new Promise<void>((resolve) => finish.set(name, resolve));
    }, places);
  const all = [start('two', 2), start('also two', 2), start('one', 1), start('five', 5)];
  await settled();
  expect(started).toEqual(['two']);
  finish.get('two')!();
  await settled();
  expect(started).toEqual(['two', 'also two', 'one']);
  finish.get('one')!();
  await settled();
  expect(started).toHaveLength(3);
  finish.get('also two')!();
  await settled();
  finish.get('five')!();
  await Promise.all(all);
});
