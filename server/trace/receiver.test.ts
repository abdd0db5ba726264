/** The door for traces bears whatever a machine sends, and takes nobody for somebody else. */
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { BODY_MAX_BYTES } from './receiver.ts';
import { ALLOWANCE, CONNECTIONS_A_MACHINE } from './senders.ts';
import { recorded } from './testing/recorded.ts';
import { callSpan, encode } from './testing/spans.ts';
import { ANN, BOB, BOBS, NOBODYS, openTraceRoom } from './testing/trace-room.ts';
import { openTraces } from './traces.ts';

const call = () => callSpan({ startedAtMs: Date.parse('2030-01-01T00:00:01Z') });
const callsOf = (room: Awaited<ReturnType<typeof openTraceRoom>>, { sandbox, machine }: typeof ANN) =>
  room.traces.calls(sandbox, machine).length;

test('what a machine posts is its own, whatever it says', async () => {
  await using room = await openTraceRoom();
  const headers = {
    'x-forwarded-for': '127.0.0.2',
    forwarded: 'for=127.0.0.2',
    host: 'node1.annannaa.drydock',
  };
  expect(await room.post({ from: BOBS, headers, body: encode([call()]) })).toBe(200);
  expect([callsOf(room, ANN), callsOf(room, BOB)]).toEqual([0, 1]);
});

test('who has no machine’s address is cut off without an answer', async () => {
  await using room = await openTraceRoom();
  await expect(room.post({ from: '127.0.0.9', body: encode([call()]) })).rejects.toThrow();
  expect(room.traces.counts()).toMatchObject({ received: 0, refused: 1 });
});

test.each([
  [404, 'another path', { path: '/v1/metrics' }],
  [404, 'a question', { path: '/v1/traces?x' }],
  [405, 'another method', { method: 'PUT' }],
  [415, 'JSON', { headers: { 'content-type': 'application/json' } }],
  [415, 'packed', { headers: { 'content-encoding': 'gzip' } }],
  [400, 'noise', { body: Buffer.alloc(2000, 0xff) }],
  [400, 'a cut message', { body: recorded('docker-run').subarray(0, 1000) }],
] as const)('%i for %s', async (status, _what, post) => {
  await using room = await openTraceRoom();
  expect(await room.post({ body: encode([call()]), ...post })).toBe(status);
  expect(room.traces.counts()).toEqual({ received: 0, refused: 1, dropped: 0 });
  expect(callsOf(room, ANN)).toBe(0);
});

test.each([
  [413, 'is too long', `content-length: ${BODY_MAX_BYTES + 1}`],
  [411, 'is of no known length', 'transfer-encoding: chunked'],
])('%i for a body that %s, by its head and without waiting for it', async (status, _what, header) => {
  await using room = await openTraceRoom();
  const socket = await room.connects();
  socket.write(
    `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n${header}\r\n\r\n`,
  );
  const [said] = (await once(socket, 'data')) as [Buffer];
  expect(said.toString()).toContain(`HTTP/1.1 ${status} `);
  await once(socket, 'close');
});

test('noise in place of HTTP is borne, and others are served meanwhile', async () => {
  await using room = await openTraceRoom();
  for (let round = 0; round < 20; round++) {
    const socket = await room.connects();
    socket.write(randomBytes(500));
    // A learner's flood may end anywhere, also in the middle of a body.
    if (round % 2) socket.write('POST /v1/traces HTTP/1.1\r\ncontent-length: 9\r\n\r\nx');
    socket.destroy();
    expect(await room.tells([call()], BOBS)).toBe(200);
  }
  expect(callsOf(room, BOB)).toBe(20);
});

test('a machine has few connections; others have their own', async () => {
  await using room = await openTraceRoom();
  const open = await Promise.all(Array.from({ length: CONNECTIONS_A_MACHINE }, () => room.connects()));
  const over = await room.connects();
  await once(over, 'close');
  expect(await room.tells([call()], BOBS)).toBe(200);
  open[0]!.destroy();
  await vi.waitFor(async () => expect(await room.tells([call()])).toBe(200));
});

test('a machine has an allowance that refills; others have their own', async () => {
  await using room = await openTraceRoom();
  const megabyte = Buffer.alloc(BODY_MAX_BYTES);
  const flood = async () => {
    const statuses = [];
    for (let sent = 0; sent < 6; sent++) statuses.push(await room.post({ body: megabyte }));
    return statuses;
  };
  // Zeros are no message; that they are read at all is what costs.
  expect(await flood()).toEqual([400, 400, 400, 429, 429, 429]);
  expect(await room.tells([call()], BOBS)).toBe(200);
  await room.clock.advance((60_000 * ALLOWANCE.burst) / ALLOWANCE.perMinute);
  expect((await flood())[0]).toBe(400);
});

test('a machine without a learner is heard, and what it says let go', async () => {
  await using room = await openTraceRoom();
  expect(await room.tells([call(), call()], NOBODYS)).toBe(200);
  expect(room.traces.counts()).toEqual({ received: 0, refused: 0, dropped: 2 });
});

test('an address that is taken is named', async () => {
  await using room = await openTraceRoom();
  const second = openTraces({
    engine: { machineAt: () => null },
    sandboxes: { all: () => [], on: () => () => {} },
    onCommand: () => () => {},
    listen: { host: '127.0.0.1', port: room.traces.port },
    clock: room.clock,
  });
  await expect(second).rejects.toMatchObject({
    code: 'cannot_listen',
    message: expect.stringContaining('EADDRINUSE'),
  });
});
