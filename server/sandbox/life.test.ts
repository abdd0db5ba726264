import { expect, test } from 'vitest';
import { nextLife, type Life, type LifeEvent } from './life.ts';

const EVENTS: LifeEvent[] = [
  { type: 'turn', stage: 'images' },
  { type: 'stage', stage: 'machine', done: 1, total: 2 },
  { type: 'prepared' },
  { type: 'failed' },
  { type: 'broke' },
  { type: 'slept' },
  { type: 'wanted' },
  { type: 'closed' },
];

function live(...events: LifeEvent[]): string {
  let life: Life = { state: 'queued' };
  for (const event of events) life = nextLife(life, event);
  return life.state;
}

const TURN: LifeEvent = { type: 'turn', stage: 'images' };

test('a sandbox is queued, prepared, used, put to sleep, woken and closed', () => {
  expect(live()).toBe('queued');
  expect(live(TURN)).toBe('preparing');
  expect(live(TURN, { type: 'prepared' })).toBe('ready');
  expect(live(TURN, { type: 'prepared' }, { type: 'slept' })).toBe('asleep');
  expect(live(TURN, { type: 'prepared' }, { type: 'slept' }, { type: 'wanted' })).toBe('queued');
  expect(live(TURN, { type: 'prepared' }, { type: 'slept' }, { type: 'closed' })).toBe('closed');
});

test('what cannot be made falls asleep, so that the next visit tries again', () => {
  expect(live(TURN, { type: 'failed' })).toBe('asleep');
});

test('a machine that dies brings its sandbox back to preparing', () => {
  expect(live(TURN, { type: 'prepared' }, { type: 'broke' })).toBe('preparing');
});

test('nothing brings a closed sandbox back', () => {
  const closed: Life = { state: 'closed' };
  for (const event of EVENTS) expect(nextLife(closed, event)).toBe(closed);
});

test('late news change nothing', () => {
  const ready: Life = { state: 'ready' };
  const asleep: Life = { state: 'asleep' };
  for (const type of ['prepared', 'failed', 'wanted'] as const) expect(nextLife(ready, { type })).toBe(ready);
  for (const type of ['prepared', 'failed', 'broke', 'slept'] as const)
    expect(nextLife(asleep, { type })).toBe(asleep);
});
