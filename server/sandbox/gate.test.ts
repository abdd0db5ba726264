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
