/** So many at once, in order, whatever becomes of them. */
import { expect, test } from 'vitest';
import { Limit } from './limit.ts';

test('no more than the limit run at once, and all of them in order', async () => {
  const limit = new Limit(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const runs = gates.map((gate, index) =>
    limit.run(async () => {
      begun.push(index);
      await gate.promise;
      return index;
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1]!.resolve();
  expect(await runs[1]).toBe(1);
  expect(begun).toEqual([0, 1, 2]);
  gates[0]!.reject(new Error('lost'));
  await expect(runs[0]).rejects.toThrow('lost');
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(runs.slice(2))).toEqual([2, 3, 4]);
  expect(await limit.run(async () => 'free again')).toBe('free again');
});
