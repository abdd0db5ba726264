/** Waiting ends with the event that brings the condition, or in time. */
import { expect, test } from 'vitest';
import { Emitter } from './emitter.ts';
import { soon, within } from './waiting.ts';

const LONG_MS = 60_000;

test('a condition that holds already is not waited for', async () => {
  const events = new Emitter<void>();
  expect(
    await soon(
      LONG_MS,
      () => true,
      (check) => events.on(check),
    ),
  ).toBe(true);
  expect(events.size).toBe(0);
});

test('an event that brings the condition ends the wait', async () => {
  const events = new Emitter<void>();
  let count = 1;
  const waiting = soon(
    LONG_MS,
    () => count === 2,
    (check) => events.on(check),
  );
  events.emit();
  count = 2;
  events.emit();
  expect(await waiting).toBe(true);
  expect(events.size).toBe(0);
});

test('what does not come is named', async () => {
  const never = within(
    1,
    'the tide',
    () => false,
    () => () => {},
  );
  await expect(never).rejects.toThrow('waited 0.001 s for the tide');
});
