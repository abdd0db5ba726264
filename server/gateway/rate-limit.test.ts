import { expect, test } from 'vitest';
import { FakeClock } from '#server/lib/clock.ts';
import { RATES, RateLimit } from './rate-limit.ts';

const drain = (limit: RateLimit, key: string) => {
  let taken = 0;
  while (limit.take('signInAddress', key)) taken++;
  return taken;
};

test('a burst passes, then it is too many until time has gone by', async () => {
  const clock = new FakeClock();
  const limit = new RateLimit(clock);
  expect(drain(limit, 'ann')).toBe(RATES.signInAddress.burst);
  await clock.advance(60_000);
  expect(drain(limit, 'ann')).toBe(RATES.signInAddress.perMinute);
});

test('one key does not use up another', () => {
  const limit = new RateLimit(new FakeClock());
  drain(limit, 'ann');
  expect(limit.take('signInAddress', 'bob')).toBe(true);
  expect(limit.take('signIn', 'ann')).toBe(true);
});

test('whether a key has any left can be asked without taking one', async () => {
  const clock = new FakeClock();
  const limit = new RateLimit(clock);
  expect(limit.isSpent('signInAddress', 'ann')).toBe(false);
  drain(limit, 'ann');
  expect([limit.isSpent('signInAddress', 'ann'), limit.isSpent('signInAddress', 'bob')]).toEqual([
    true,
    false,
  ]);
  await clock.advance(60_000);
  expect(limit.isSpent('signInAddress', 'ann')).toBe(false);
  expect(drain(limit, 'ann')).toBe(RATES.signInAddress.perMinute);
});

test('asking again and again while refused does not lengthen the wait', async () => {
  const clock = new FakeClock();
  const limit = new RateLimit(clock);
  drain(limit, 'ann');
  for (let second = 0; second < 12; second++) {
    limit.take('signInAddress', 'ann');
    await clock.advance(1000);
  }
  expect(limit.take('signInAddress', 'ann')).toBe(true);
});

test('the number of keys is bounded', () => {
  const limit = new RateLimit(new FakeClock());
  for (let index = 0; index < 20_100; index++) limit.take('read', `10.0.${index}`);
  expect(limit.size).toBe(20_000);
});
