import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeyedLock } from './keyed-lock.ts';

test('one key runs in order, another key does not wait, and a failure frees the turn', async () => {
  const lock = new KeyedLock();
  const order: string[] = [];
  const { promise, reject } = Promise.withResolvers<void>();
  const first = lock.run('a', async () => {
    order.push('a1');
    await promise;
  });
  const second = lock.run('a', async () => order.push('a2'));
  await lock.run('b', async () => order.push('b1'));
  await settled();
  expect(order).toEqual(['a1', 'b1']);
  reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(order).toEqual(['a1', 'b1', 'a2']);
});
