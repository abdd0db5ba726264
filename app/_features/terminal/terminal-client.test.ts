import { expect, test } from 'vitest';
import type { TerminalServerMessage } from '#server/protocol/terminal.ts';
import { FakeSocket } from '#app/_lib/testing/fake-socket.ts';
import { TerminalClient, type TerminalStatus } from './terminal-client.ts';
import { parseTerminalMessage } from './terminal-message.ts';

/** A client whose screen remembers, and draws when told to. */
function open() {
  const sockets: FakeSocket[] = [];
  const statuses: TerminalStatus[] = [];
  const screen: string[] = [];
  const undrawn: (() => void)[] = [];
  const client = new TerminalClient({
    url: () => '/terminal',
    fit: () => ({ cols: 80, rows: 24 }),
    screen: {
      write: (bytes, isReplay, drawn) => {
        screen.push(`${isReplay ? 'old' : 'new'} ${bytes.length}`);
        undrawn.push(drawn);
      },
      clear: () => screen.push('clear'),
      resize: (cols, rows) => screen.push(`${cols}x${rows}`),
    },
    events: {
      status: (status) => statuses.push(status),
      title: () => {},
      viewers: () => {},
      readOnly: () => {},
    },
    socket: {
      page: new EventTarget(),
      connect: (url) => {
        const socket = new FakeSocket(url);
        sockets.push(socket);
        return socket.asWebSocket;
      },
    },
  });
  const socket = () => sockets.at(-1)!;
  const says = (message: TerminalServerMessage) => socket().says(JSON.stringify(message));
  const prints = (bytes: number) => socket().says(new ArrayBuffer(bytes));
  /** The client's control messages on the newest connection. */
  const control = () =>
    socket()
      .sent.filter((data) => typeof data === 'string')
      .map((data) => JSON.parse(data) as unknown);
  const draw = () => undrawn.splice(0).forEach((drawn) => drawn());
  return { client, socket, says, prints, control, statuses, screen, draw };
}
const ready = (offset: number, replayTo = offset, truncated = false) =>
  ({ type: 'ready', offset, truncated, replayTo, readOnly: false }) as const;

test('it greets with the size of the page, and later with the first byte that it has not seen', () => {
  const { client, socket, says, prints, control } = open();
  socket().opens();
  expect(control()).toEqual([{ type: 'hello', cols: 80, rows: 24 }]);
  says(ready(100));
  prints(50);
  socket().closes(1006);
  client.retryNow();
  socket().opens();
  expect(control()).toEqual([{ type: 'hello', cols: 80, rows: 24, offset: 150 }]);
});

test('it acknowledges what was drawn, in steps, and nothing of an earlier connection', () => {
  const { client, socket, says, prints, control, draw } = open();
  socket().opens();
  says(ready(0));
  prints(60_000);
  draw();
  expect(control()).toHaveLength(1);
  prints(10_000);
  draw();
  expect(control().at(-1)).toEqual({ type: 'ack', bytes: 70_000 });
  prints(60_000);
  socket().closes(1006);
  client.retryNow();
  socket().opens();
  prints(60_000);
  draw();
  expect(control()).toHaveLength(1);
});

test('the replay is told from what is new, to the byte', () => {
  const { socket, says, prints, screen } = open();
  socket().opens();
  says(ready(0, 1500));
  prints(1000);
  prints(1000);
  expect(screen).toEqual(['old 1000', 'old 500', 'new 500']);
});

test('skipped output clears the screen; the size is the one that the server tells', () => {
  const { socket, says, screen } = open();
  socket().opens();
  says(ready(5000, 5000, true));
  says({ type: 'size', cols: 100, rows: 30 });
  expect(screen).toEqual(['clear', '100x30']);
});

test('each state of line, machine and shell has its name', () => {
  const { client, socket, says, statuses } = open();
  const last = () => statuses.at(-1);
  expect(last()).toEqual({ at: 'connecting' });
  socket().opens();
  says(ready(0));
  expect(last()).toEqual({ at: 'live' });
  says({ type: 'error', code: 'machine_unreachable' });
  expect(last()).toEqual({ at: 'machine-away' });
  socket().closes(1006);
  expect(last()).toMatchObject({ at: 'waiting' });
  client.retryNow();
  socket().opens();
  says(ready(0));
  says({ type: 'exit', code: 3 });
  socket().closes(1000);
  expect(last()).toEqual({ at: 'exited', code: 3 });
  client.reopen();
  socket().closes(4403);
  expect(last()).toEqual({ at: 'refused', why: 'not_allowed' });
});

test('a paste is cut into frames; typing is held while the line is down', () => {
  const { client, socket } = open();
  expect(client.type('held')).toBe(true);
  socket().opens();
  client.type('x'.repeat(100_000));
  const sizes = socket().sent.flatMap((data) => (typeof data === 'string' ? [] : [data.length]));
  expect(sizes).toEqual([4, 65_536, 34_464]);
});

test.each([
  ['{}', null],
  ['[]', null],
  ['{"type":"toString"}', null],
  ['{"type":"size","cols":"80","rows":24}', null],
  ['{"type":"news","cols":80}', null],
  ['{"type":"exit","code":0}', { type: 'exit', code: 0 }],
])('%s is read as %s', (text, message) => {
  expect(parseTerminalMessage(text)).toEqual(message);
});
