import { expect, test } from 'vitest';
import { createPermits } from './permits.ts';

test('never more at once than permitted, in the order they came, and a failure frees its place', async () => {
  const withPermit = createPermits(2);
  const [started, finish]: [number[], (() => void)[]] = [[], []];
  const jobs = [0, 1, 2, 3].map((number) =>
    withPermit(async () => {
      started.push(number);
      await new Promise<void>((done) => (finish[number] = done));
      if (number === 0) throw new Error('first fails');
      return number;
    }),
  );
  const results = Promise.allSettled(jobs);
  expect(started).toEqual([0, 1]);
  finish[0]!();
  await expect(jobs[0]).rejects.toThrow('first fails');
  await expect.poll(() => started).toEqual([0, 1, 2]);
  finish[1]!();
  await expect.poll(() => started).toEqual([0, 1, 2, 3]);
  finish[2]!();
  finish[3]!();
  expect((await results).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
