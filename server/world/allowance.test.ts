/** What a machine may make us read is bounded over time, not at once. */
import { expect, test } from 'vitest';
import { FakeClock } from '../lib/clock.ts';
import { Allowance } from './allowance.ts';

test('a burst passes at once, more waits until it has come back', async () => {
  const clock = new FakeClock();
  const allowance = new Allowance(clock, { most: 1000, perSecond: 100 });
  await allowance.take(1000);
  let taken = false;
  const waiting = allowance.take(50).then(() => (taken = true));
  await clock.advance(490);
  expect(taken).toBe(false);
  await clock.advance(20);
  await waiting;
  expect(taken).toBe(true);
});

test('rest does not save up more than the most', async () => {
  const clock = new FakeClock();
  const allowance = new Allowance(clock, { most: 100, perSecond: 100 });
  await clock.advance(60_000);
  await allowance.take(100);
  let taken = false;
  void allowance.take(10).then(() => (taken = true));
  await clock.advance(50);
  expect(taken).toBe(false);
});
