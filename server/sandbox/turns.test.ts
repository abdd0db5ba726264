import { expect, test } from 'vitest';
import { FakeClock } from '../lib/clock.ts';
import { Turns } from './turns.ts';

function open(capacity: number) {
  const clock = new FakeClock();
  const granted: string[] = [];
  let pressure = 0;
  const turns = new Turns({ capacity, clock, usualTurnMs: 600_000, onPressure: () => void pressure++ });
  const ask = (id: string, places = 1) => turns.request(id, places, () => granted.push(id));
  return { clock, granted, turns, ask, pressure: () => pressure };
}

test('there is room up to the capacity, then a queue in the order of asking', () => {
  const { turns, ask, granted } = open(2);
  for (const id of ['a', 'b', 'c', 'd']) ask(id);
  expect(granted).toEqual(['a', 'b']);
  expect([turns.placeOf('c'), turns.placeOf('d'), turns.placeOf('a')]).toEqual([1, 2, null]);
  turns.release('a');
  expect(granted).toEqual(['a', 'b', 'c']);
  expect(turns.placeOf('d')).toBe(1);
});

test('one who gives up waiting makes the queue shorter', () => {
  const { turns, ask } = open(1);
  for (const id of ['a', 'b', 'c']) ask(id);
  turns.release('b');
  expect([turns.placeOf('b'), turns.placeOf('c'), turns.used]).toEqual([null, 1, 1]);
});

test('a sandbox of several machines waits until all fit, and nobody overtakes it', () => {
  const { turns, ask, granted } = open(3);
  ask('a');
  ask('b');
  ask('three', 3);
  ask('d');
  turns.release('a');
  expect(granted).toEqual(['a', 'b']);
  turns.release('b');
  expect(granted).toEqual(['a', 'b', 'three']);
});

test('a sandbox larger than the capacity runs alone instead of never', () => {
  const { ask, granted } = open(1);
  ask('three', 3);
  expect(granted).toEqual(['three']);
});

test('whoever still holds its place gets its turn at once', () => {
  const { turns, ask, granted } = open(1);
  ask('a');
  ask('a');
  expect([granted, turns.used]).toEqual([['a', 'a'], 1]);
});

test('places are spared only while nobody waits, and waiting makes itself felt', () => {
  const { turns, ask, pressure } = open(2);
  expect(turns.tryHold('warm')).toBe(true);
  ask('a');
  expect(turns.tryHold('warm2')).toBe(false);
  ask('b');
  expect(pressure()).toBe(1);
  expect(turns.tryHold('warm3')).toBe(false);
});

test('the wait is guessed from the setting first and from recent turns later', async () => {
  const { turns, ask, clock } = open(2);
  expect(turns.waitMs(1)).toBe(300_000);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) ask(id);
  turns.release('a');
  await clock.advance(60_000);
  turns.release('b');
  await clock.advance(60_000);
  expect(turns.waitMs(2)).toBe(120_000);
});
