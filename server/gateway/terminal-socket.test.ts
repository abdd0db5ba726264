import { expect, test, vi } from 'vitest';
import { Emitter } from '../lib/emitter.ts';
import { CLOSE_CODES, FRAME_BYTES, WINDOW_BYTES } from '../protocol/numbers.ts';
import { TestServer } from './testing/terminal-pair.ts';

test('a browser says hello, sees the shell and types into it', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  expect(await browser.hears('ready')).toEqual({
    type: 'ready',
    offset: 0,
    truncated: false,
    replayTo: 0,
    readOnly: false,
  });
  expect(await browser.hears('size')).toMatchObject({ cols: 80, rows: 24 });
  server.machine.holder().print('root@node1:~# 你好 🐳');
  await browser.sees('root@node1:~# 你好 🐳');
  browser.type('docker ps\r');
  await vi.waitFor(() => expect(server.machine.holder().input).toBe('docker ps\r'));
});

test('what is typed right behind hello is not lost', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  browser.type('l');
  browser.type('s\r');
  await vi.waitFor(() => expect(server.machine.holder().input).toBe('ls\r'));
});

test('a reloaded page goes on at its offset', async () => {
  await using server = await TestServer.open();
  server.machine.holder().print('seen unseen');
  const browser = await server.connect();
  browser.hello(5);
  await browser.sees('unseen');
  expect(browser.text).toBe('unseen');
});

test('without acknowledgements at most one window is sent, and acknowledging goes on', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  server.machine.holder().print(Buffer.alloc(2 * WINDOW_BYTES));
  await vi.waitFor(() => expect(browser.bytes).toBe(WINDOW_BYTES));
  browser.say({ type: 'ack', bytes: WINDOW_BYTES });
  await vi.waitFor(() => expect(browser.bytes).toBe(2 * WINDOW_BYTES));
});

test('the title, the viewers and a resize travel', async () => {
  await using server = await TestServer.open();
  const [one, two] = [await server.connect(), await server.connect()];
  one.hello();
  await one.hears('ready');
  two.hello();
  await vi.waitFor(() => expect(one.messages.at(-1)).toEqual({ type: 'viewers', count: 2 }));
  server.machine.holder().print('\u001b]0;root@node1: ~\u0007');
  await two.sees('node1');
  await server.machine.clock.advance(100);
  expect(await two.hears('title')).toMatchObject({ title: 'root@node1: ~' });
  one.say({ type: 'resize', cols: 100, rows: 50 });
  one.type('x');
  await vi.waitFor(() => expect(server.machine.holder().sizes.at(-1)).toBe('100x50'));
});

test('the end of the shell is told, then the socket closes', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  server.machine.holder().exit(130);
  expect(await browser.hears('exit')).toEqual({ type: 'exit', code: 130 });
  await browser.isClosedWith(1000);
});

test('a machine that goes away is told, and the terminal comes back by itself', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  server.machine.stop();
  expect(await browser.hears('error')).toEqual({ type: 'error', code: 'machine_unreachable' });
  server.machine.start();
  await vi.waitFor(() => expect(browser.messages.filter(({ type }) => type === 'ready')).toHaveLength(2));
});

test('a large paste arrives whole though the shell is slow', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  const piece = 'x'.repeat(FRAME_BYTES);
  for (let count = 0; count < 32; count++) browser.type(piece);
  await vi.waitFor(() => expect(server.machine.holder().input.length).toBe(32 * FRAME_BYTES));
});

test('a read-only viewer that types is told so once, and nothing arrives', async () => {
  await using server = await TestServer.open();
  const watcher = await server.connect('/read-only');
  watcher.hello();
  expect(await watcher.hears('ready')).toMatchObject({ readOnly: true });
  watcher.type('rm -rf /\r');
  watcher.type('\r');
  expect(await watcher.hears('error')).toEqual({ type: 'error', code: 'read_only' });
  server.machine.holder().print('still here');
  await watcher.sees('still here');
  expect(watcher.messages.filter(({ type }) => type === 'error')).toHaveLength(1);
  expect(server.machine.holder().input).toBe('');
});

test.each([
  ['bytes before hello', [Buffer.from('ls')]],
  ['no JSON', ['hello']],
  ['an unknown type', ['{"type":"sudo"}']],
  ['an unknown field', ['{"type":"hello","cols":80,"rows":24,"root":true}']],
  ['a screen of no size', ['{"type":"hello","cols":0,"rows":24}']],
  ['a negative offset', ['{"type":"hello","cols":80,"rows":24,"offset":-1}']],
  ['resize before hello', ['{"type":"resize","cols":80,"rows":24}']],
  ['a second hello', ['{"type":"hello","cols":80,"rows":24}', '{"type":"hello","cols":80,"rows":24}']],
  ['an ack of nothing', ['{"type":"hello","cols":80,"rows":24}', '{"type":"ack","bytes":0}']],
])('%s is refused', async (_, messages) => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  for (const message of messages) browser.socket.send(message);
  expect(await browser.hears('error')).toEqual({ type: 'error', code: 'bad_message' });
  await browser.isClosedWith(1008);
});

test('a frame over the limit closes the socket', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  browser.type('x'.repeat(FRAME_BYTES + 1));
  await browser.isClosedWith(1009);
});

test('a browser that never says hello is let go', async () => {
  await using server = await TestServer.open({ helloMs: 20 });
  const browser = await server.connect();
  await browser.isClosedWith(1008);
});

test('a browser that is gone without a word is noticed, and its place is free', async () => {
  await using server = await TestServer.open({ pingMs: 20 });
  const [gone, here] = [await server.connect(), await server.connect()];
  for (const browser of [gone, here]) browser.hello();
  await vi.waitFor(() => expect(here.messages.at(-1)).toEqual({ type: 'viewers', count: 2 }));
  gone.socket.pause();
  await vi.waitFor(() => expect(here.messages.at(-1)).toEqual({ type: 'viewers', count: 1 }));
});

test('too many terminals, a closed sandbox and our own fault each close with their code', async () => {
  const { TerminalError } = await import('../terminal/contract.ts');
  const refusals = [
    [new TerminalError('too_many_terminals', 'full'), CLOSE_CODES.tooMany],
    [new TerminalError('machine_unreachable', 'closed'), CLOSE_CODES.notFound],
    [new Error('a bug'), CLOSE_CODES.broken],
  ] as const;
  for (const [error, code] of refusals) {
    await using server = await TestServer.open({ terminals: { attach: () => Promise.reject(error) } });
    const browser = await server.connect();
    browser.hello();
    await browser.isClosedWith(code);
  }
});

test('a browser that leaves while it is being attached leaves nothing behind', async () => {
  const attached = Promise.withResolvers<void>();
  const close = vi.fn<() => void>();
  const viewer = { write: () => true, inputRoom: () => null, resize() {}, ack() {}, close };
  await using server = await TestServer.open({
    terminals: { attach: () => attached.promise.then(() => viewer) },
  });
  const browser = await server.connect();
  browser.hello();
  browser.socket.close();
  await browser.isClosedWith(1005);
  attached.resolve();
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
});

test('a browser that acknowledges what it never reads is cut off before our memory is full', async () => {
  await using server = await TestServer.open();
  const browser = await server.connect();
  browser.hello();
  await browser.hears('ready');
  browser.socket.pause();
  const flood = Buffer.alloc(WINDOW_BYTES);
  await vi.waitFor(
    () => {
      server.machine.holder().print(flood);
      browser.say({ type: 'ack', bytes: WINDOW_BYTES });
      expect(server.sockets).toBe(0);
    },
    { timeout: 10_000, interval: 5 },
  );
});

test('who may type for a while goes on at their place, and after the end not one byte arrives', async () => {
  let isWriter = false;
  const changes = new Emitter<void>();
  const typing = {
    isWriter: () => isWriter,
    isOpen: () => true,
    onChange: (listener: () => void) => changes.on(listener),
  };
  await using server = await TestServer.open({ typing });
  const browser = await server.connect();
  const turns = async (writes: boolean) => {
    isWriter = writes;
    changes.emit();
    const last = () => browser.messages.findLast(({ type }) => type === 'ready');
    await vi.waitFor(() => expect(last()).toMatchObject({ readOnly: !writes, truncated: false }));
  };
  browser.hello();
  await browser.hears('ready');
  server.machine.holder().print('before ');
  await browser.sees('before ');
  browser.type('no');
  expect(await browser.hears('error')).toEqual({ type: 'error', code: 'read_only' });
  await turns(true);
  browser.type('yes');
  await vi.waitFor(() => expect(server.machine.holder().input).toBe('yes'));
  server.machine.holder().print('during ');
  await browser.sees('during ');
  await turns(false);
  browser.type('no more');
  await vi.waitFor(() => expect(browser.messages.at(-1)).toEqual({ type: 'error', code: 'read_only' }));
  server.machine.holder().print('after');
  await browser.sees('after');
  // Nothing was lost, and nothing came twice.
  expect(browser.text).toBe('before during after');
  expect(server.machine.holder().input).toBe('yes');
  browser.socket.close();
  await browser.isClosedWith(1005);
  await vi.waitFor(() => expect(changes.size).toBe(0));
});
