/** Traces begin when a learner's machine is up, come after their commands, and go with their sandbox. */
import { expect, test } from 'vitest';
import { callSpan } from './testing/spans.ts';
import { ANN, BOB, openTraceRoom } from './testing/trace-room.ts';
import { typed } from './testing/typed.ts';

/** When the room opens. */
const AT = Date.parse('2030-01-01T00:00:00Z');
const called = (afterMs: number, path?: string) =>
  callSpan({ startedAtMs: AT + afterMs, ...(path ? { path } : {}) });

test('spans that come after their command are told, and belong to it', async () => {
  await using room = await openTraceRoom();
  const told: unknown[] = [];
  room.traces.on((event) => told.push(event));
  const command = typed('docker ps', { atMs: AT + 1000, durationMs: 60 });
  room.types(command);
  expect(room.traces.of(ANN.sandbox, command)).toMatchObject({ calls: [], others: [] });
  await room.tells([called(1030)]);
  expect(told).toMatchObject([{ ...ANN, spans: [{ name: 'GET /v1.45/containers/json' }] }]);
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toMatchObject([
    { method: 'GET', path: '/containers/json', status: 200, command: { line: 'docker ps' } },
  ]);
  expect(room.traces.of(ANN.sandbox, command)!.calls).toHaveLength(1);
});

test('a command in one sandbox explains nothing in another', async () => {
  await using room = await openTraceRoom();
  room.types(typed('docker ps', { atMs: AT + 1000 }), BOB.sandbox);
  await room.tells([called(1030)]);
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toMatchObject([{ command: null }]);
});

test('what was done before the machine was the learner’s is let go', async () => {
  await using room = await openTraceRoom();
  await room.tells([called(-5), called(5)]);
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toHaveLength(1);
  expect(room.traces.counts()).toEqual({ received: 1, refused: 0, dropped: 1 });
});

test('calls outlast sleep; the waking of the machine adds none', async () => {
  await using room = await openTraceRoom();
  await room.tells([called(5, '/v1.45/info')]);
  room.becomes(ANN.sandbox, 'asleep');
  await room.clock.advance(60_000);
  room.up(ANN);
  await room.tells([called(59_000, '/_ping'), called(61_000, '/v1.45/version')]);
  expect(room.traces.calls(ANN.sandbox, ANN.machine).map(({ path }) => path)).toEqual(['/info', '/version']);
});

test('a machine that comes in the place of one that was taken away begins with nothing', async () => {
  await using room = await openTraceRoom();
  await room.tells([called(5)]);
  room.loses(ANN);
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toEqual([]);
  await room.tells([called(6)]);
  room.up(ANN);
  await room.tells([called(7)]);
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toHaveLength(1);
});

test('a closed sandbox leaves nothing', async () => {
  await using room = await openTraceRoom();
  await room.tells([called(5)]);
  room.becomes(ANN.sandbox, 'closed');
  expect(room.traces.calls(ANN.sandbox, ANN.machine)).toEqual([]);
  await room.tells([called(6)]);
  expect(room.traces.counts()).toMatchObject({ received: 1, dropped: 1 });
  expect(room.traces.of(ANN.sandbox, typed('docker ps', { atMs: AT }))).toBeNull();
});
