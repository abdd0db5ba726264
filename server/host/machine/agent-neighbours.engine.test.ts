/** The agent lends an engine to its neighbours: through a socket on one side, by the word on the other. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AgentPlace } from './testing/agent-place.ts';
import { eventually } from './testing/terminal-client.ts';

const WORD = createHash('sha256').update('the word').digest('hex');
/** One place plays both machines: its neighbour is itself. */
const SELF = 'localhost';

let place: AgentPlace;
let engine: Server;
let port: number;
beforeAll(async () => {
  place = await AgentPlace.make();
  engine = createServer({ allowHalfOpen: true }, (socket) => {
    let said = '';
    socket.on('data', (bytes) => (said += bytes.toString()));
    socket.on('end', () => socket.end(`heard ${said.length}: ${said.slice(0, 20)}`));
  });
  await new Promise<void>((settle) => engine.listen(place.path('engine.sock'), settle));
  port = await freePort();
});
afterEach(() => lend([]));
afterAll(async () => {
  engine.close();
  await place.clear();
});

/** Resolves with the exit code as soon as all is open. */
function lend(names: string[], word = WORD): Promise<number | null> {
  const child = place.spawn(['neighbours', String(port), ...names], {
    DRYDOCK_ENGINE_SOCKET: place.path('engine.sock'),
  });
  // One that refuses its arguments reads nothing.
  child.stdin.on('error', () => undefined).end(word);
  return new Promise((settle) => child.on('close', settle));
}

/** Says it, closes its half, and gives what came back. */
function says(to: { path: string } | { port: number }, text: string): Promise<string> {
  return new Promise((settle) => {
    let answer = '';
    const socket = connect({ allowHalfOpen: true, ...to });
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED' && settle('refused'));
    socket.on('close', () => settle(answer));
    socket.end(text);
  });
}

const neighbour = () => ({ path: place.path(`run/engines/${SELF}.sock`) });

test('a conversation passes whole, both ways, with its half-closed end', async () => {
  expect(await lend([SELF])).toBe(0);
  expect(await says(neighbour(), 'hello')).toBe('heard 5: hello');
  const large = 'x'.repeat(3_000_000);
  expect(await says(neighbour(), large)).toBe(`heard 3000000: ${large.slice(0, 20)}`);
});

test('many speak at once', async () => {
  await lend([SELF]);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => says(neighbour(), `n${index}`)));
  expect(answers[7]).toBe('heard 2: n7');
  expect(new Set(answers).size).toBe(20);
});

test('who does not say the word gets nothing, nor who says half of it and waits', async () => {
  await lend([SELF]);
  expect(await says({ port }, 'GET /version HTTP/1.0\r\n\r\n')).toBe('');
  expect(await says({ port }, `${'0'.repeat(64)}GET /version HTTP/1.0\r\n\r\n`)).toBe('');
  expect(await says({ port }, WORD.slice(0, 63))).toBe('');
  const silent = connect({ port });
  silent.write(WORD.slice(0, 10));
  await new Promise((settle) => silent.on('close', settle).resume());
  // Nor who drips it, a byte at a time.
  const slow = connect({ port });
  const dripping = setInterval(() => slow.write('0'), 200);
  const begun = performance.now();
  await new Promise((settle) =>
    slow
      .on('close', settle)
      .on('error', () => undefined)
      .resume(),
  );
  clearInterval(dripping);
  expect(performance.now() - begun).toBeLessThan(4_000);
  expect(await says({ port }, `${WORD}hello`)).toBe('heard 5: hello');
});

test('the next one takes the place of the one before, with another word; alone nothing listens', async () => {
  await lend([SELF]);
  const before = Number(readFileSync(place.path('run/neighbours.pid'), 'utf8'));
  const other = createHash('sha256').update('another').digest('hex');
  expect(await lend([SELF], other)).toBe(0);
  await eventually(() => expect(existsSync(`/proc/${before}/exe`)).toBe(false));
  expect(await says({ port }, `${WORD}hello`)).toBe('');
  expect(await says(neighbour(), 'hello')).toBe('heard 5: hello');
  expect(statSync(neighbour().path).mode & 0o777).toBe(0o660);
  expect(await lend([])).toBe(0);
  expect(await says({ port }, `${other}hello`)).toBe('refused');
});

test('names that are none, a port that is none and half a word are refused', async () => {
  expect(await lend(['../etc'])).toBe(64);
  expect((await place.run(['neighbours', '0', SELF])).code).toBe(64);
  expect(await lend([SELF], 'short')).toBe(1);
});

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer().listen(0, () => {
      const address = server.address() as { port: number };
      server.close(() => settle(address.port));
    });
  });
}
