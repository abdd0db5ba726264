import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReconnectingSocket, type LineState } from './reconnecting-socket.ts';
import { FakeSocket } from './testing/fake-socket.ts';

let sockets: FakeSocket[] = [];

const newest = () => sockets.at(-1)!;

function connect() {
  const page = new EventTarget();
  const heard: unknown[] = [];
  const states: LineState[] = [];
  const line = new ReconnectingSocket({
    url: () => '/feed',
    page,
    connect: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket.asWebSocket;
    },
    events: {
      open: () => void line.send('hello'),
      text: (message) => heard.push(message),
      bytes: (bytes) => heard.push(bytes),
      state: (state) => states.push(state),
    },
  });
  return { line, page, heard, states };
}

beforeEach(() => {
  sockets = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('text and bytes arrive as they are', () => {
  const { heard } = connect();
  newest().opens();
  newest().says('{}');
  newest().says(new Uint8Array([1, 2]).buffer);
  expect(heard).toEqual(['{}', new Uint8Array([1, 2])]);
});

test('a lost line is sought again, with a moment that can be counted down to', () => {
  const { line, states } = connect();
  newest().opens();
  newest().closes(1006);
  const state = states.at(-1);
  if (state?.at !== 'waiting') throw new Error(`The line is ${state?.at}`);
  expect(state.retryAt - Date.now()).toBeGreaterThan(100);
  vi.advanceTimersByTime(300);
  expect(sockets).toHaveLength(2);
  newest().opens();
  expect(line.state).toEqual({ at: 'open' });
});

test('pauses grow, yet stay short enough to find a restarted server soon', () => {
  connect();
  const pauses: number[] = [];
  for (let count = 0; count < 60; count++) {
    const before = Date.now();
    newest().closes(1006);
    vi.advanceTimersToNextTimer();
    pauses.push(Date.now() - before);
  }
  expect(pauses[0]).toBeLessThan(250);
  expect(Math.max(...pauses.slice(0, 45))).toBeLessThan(1700);
  expect(pauses.at(-1)).toBeGreaterThan(4000);
});

test('what is typed meanwhile goes out behind the greeting, in order', () => {
  const { line } = connect();
  expect(line.send('ack')).toBe(false);
  expect([line.sendOrHold('a'), line.sendOrHold('b')]).toEqual([true, true]);
  newest().opens();
  expect(newest().sent).toEqual(['hello', 'a', 'b']);
  line.sendOrHold('c');
  expect(newest().sent).toEqual(['hello', 'a', 'b', 'c']);
});

test('no more is held than its bound', () => {
  const { line } = connect();
  expect(line.sendOrHold('x'.repeat(60_000))).toBe(true);
  expect(line.sendOrHold('x'.repeat(60_000))).toBe(false);
});

test.each([1000, 1008, 4401, 4403, 4404, 4429])('a refusal with %i is final', (code) => {
  const { line, states } = connect();
  newest().closes(code);
  expect(states.at(-1)).toEqual({ at: 'closed', code });
  vi.advanceTimersByTime(100_000);
  expect(sockets).toHaveLength(1);
  expect(line.sendOrHold('x')).toBe(false);
  line.retryNow();
  expect(sockets).toHaveLength(2);
});

test('without network it waits for the network, then comes back at once', () => {
  const { page, states } = connect();
  newest().opens();
  page.dispatchEvent(new Event('offline'));
  expect(states.at(-1)).toEqual({ at: 'offline' });
  expect(newest().isClosed).toBe(true);
  vi.advanceTimersByTime(100_000);
  expect(sockets).toHaveLength(1);
  page.dispatchEvent(new Event('online'));
  expect(sockets).toHaveLength(2);
});

test('a connection that never opens is given up and tried anew', () => {
  connect();
  vi.advanceTimersByTime(8000);
  expect(sockets[0]?.isClosed).toBe(true);
  vi.advanceTimersByTime(300);
  expect(sockets).toHaveLength(2);
});

test('after close nothing is heard and nothing is tried', () => {
  const { line, page, heard } = connect();
  newest().opens();
  const socket = newest();
  line.close();
  socket.says('late');
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(100_000);
  expect(heard).toEqual([]);
  expect(sockets).toHaveLength(1);
});
