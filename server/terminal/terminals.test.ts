import { expect, test, vi } from 'vitest';
import type { Command } from '../protocol/feed.ts';
import { REPLAY_BYTES, WINDOW_BYTES } from '../protocol/numbers.ts';
import { encodeOutput, encodeSpan } from './testing/fake-holder.ts';
import { FakeMachine, KEY, SANDBOX, Watcher } from './testing/fake-machine.ts';

const MIB = 1024 * 1024;
const soon = vi.waitFor;

/** Marks as the shell prints them, with the nonce that it was given. */
function ran(machine: FakeMachine, line: string, code: number): string {
  const nonce = machine.execs.at(-1)?.nonce;
  return `\u001b]633;E;${line};${nonce}\u0007out\r\n\u001b]133;D;${code};${nonce}\u0007`;
}

test('what the shell prints is seen, and what is typed reaches it', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  machine.holder().print('root@node1:~# ');
  await soon(() => expect(watcher.text).toBe('root@node1:~# '));
  watcher.type('ls\r');
  await soon(() => expect(machine.holder().input).toBe('ls\r'));
  expect(machine.execs[0]?.command).toBe('/usr/local/lib/drydock/agent terminal 1 80 24');
});

test('a returning browser sees the output it missed, no more and no less', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const first = await Watcher.attach(terminals);
  machine.holder().print('one two ');
  await soon(() => expect(first.text).toBe('one two '));
  first.viewer?.close();
  machine.holder().print('three');
  const back = await Watcher.attach(terminals, { offset: first.offset });
  await soon(() => expect(back.text).toBe('three'));
  expect(back.last('ready')).toBe('ready 8');
});

test('after a restart of the server everything that the holder kept is there', async () => {
  const machine = new FakeMachine();
  const before = machine.openTerminals();
  const first = await Watcher.attach(before);
  machine.holder().print('before ');
  await soon(() => expect(first.text).toBe('before '));
  await before[Symbol.asyncDispose]();
  machine.holder().print('meanwhile');

  const after = machine.openTerminals();
  const anew = await Watcher.attach(after);
  const back = await Watcher.attach(after, { offset: 7 });
  await soon(() => expect([anew.text, back.text]).toEqual(['before meanwhile', 'meanwhile']));
  expect(machine.execs[0]?.nonce).toBe(machine.execs[1]?.nonce);
});

test('an offset from another life of the stream clears the screen and shows what there is', async () => {
  const machine = new FakeMachine();
  machine.holder().print('hello');
  const back = await Watcher.attach(machine.openTerminals(), { offset: 5000 });
  await soon(() => expect(back.text).toBe('hello'));
  expect(back.last('ready')).toBe('ready 0 truncated');
});

test('a replay of a full ring starts with a whole line', async () => {
  const machine = new FakeMachine();
  for (let line = 0; line < 40_000; line++)
    machine.holder().print(`line ${line} ${'x'.repeat(50 + (line % 7))}\r\n`);
  const watcher = await Watcher.attach(machine.openTerminals());
  watcher.drawsAtOnce = true;
  await soon(() => expect(watcher.offset).toBe(machine.holder().end));
  expect(watcher.text).toMatch(/^line \d+ x/);
  expect(watcher.text.length).toBeGreaterThan(REPLAY_BYTES - 100);
  expect(watcher.readies[0]?.replayTo).toBe(machine.holder().end);
});

test('with nobody drawing the shell waits, yet hears Ctrl-C', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().print('y\n'.repeat(2 * MIB));
  await soon(() => expect(watcher.offset).toBe(WINDOW_BYTES));
  expect(machine.holder().blockedBytes).toBeGreaterThan(2 * MIB);
  watcher.type('\u0003');
  await soon(() => expect(machine.holder().input).toBe('\u0003'));
  watcher.drawsAtOnce = true;
  watcher.draw();
  await soon(() => expect(watcher.offset).toBe(4 * MIB));
  expect(watcher.readies).toHaveLength(1);
});

test('a viewer that stands still slows nobody and skips ahead when it draws again', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const [fast, slow] = [await Watcher.attach(terminals), await Watcher.attach(terminals)];
  await soon(() => expect(slow.readies).toHaveLength(1));
  fast.drawsAtOnce = true;
  const lines = Array.from({ length: 100_000 }, (_, line) => `line ${line} ${'z'.repeat(40)}\n`).join('');
  machine.holder().print(lines);
  await soon(() => expect(fast.offset).toBe(lines.length));
  expect(fast.readies).toHaveLength(1);
  expect(slow.offset).toBe(WINDOW_BYTES);
  slow.draw();
  await soon(() => expect(slow.offset).toBe(machine.holder().end));
  expect(slow.last('ready')).toMatch(/truncated$/);
  expect(slow.text).toMatch(/^line \d+ z/);
});

test('a viewer that claims to have drawn more than it was sent gains nothing', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  await soon(() => expect(watcher.readies).toHaveLength(1));
  for (let count = 0; count < 10; count++) watcher.viewer?.ack(WINDOW_BYTES);
  machine.holder().print(Buffer.alloc(2 * MIB));
  await soon(() => expect(watcher.offset).toBe(WINDOW_BYTES));
  expect(machine.holder().blockedBytes).toBeGreaterThan(MIB);
});

test('with no viewer the shell runs on, and after a while its memory is left to the holder', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  watcher.viewer?.close();
  machine.holder().print(Buffer.alloc(5 * MIB));
  await soon(() => expect(machine.holder().blockedBytes).toBe(0));
  expect(machine.holder().isConnected).toBe(true);
  await machine.clock.advance(60_000);
  await soon(() => expect(machine.holder().isConnected).toBe(false));
  expect(terminals.names(SANDBOX, 'node1')).toEqual(['1']);
  const back = await Watcher.attach(terminals, { offset: 5 * MIB });
  await soon(() => expect(back.told).toContain(`ready ${5 * MIB}`));
});

test('a machine that goes to sleep and wakes gives the same stream on', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  machine.holder().print('good ');
  await soon(() => expect(watcher.text).toBe('good '));
  machine.stop();
  await soon(() => expect(watcher.told).toContain('lost'));
  watcher.type('held');
  await machine.clock.advance(30_000);
  expect(watcher.told.filter((entry) => entry === 'lost')).not.toHaveLength(0);
  machine.holder().print('morning');
  machine.start();
  await soon(() => expect(watcher.text).toBe('good morning'));
  expect(watcher.last('ready')).toBe('ready 5');
  expect(machine.holder().input).toBe('held');
});

test('a connection that breaks is made again by itself', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().disconnect();
  await soon(() => expect(watcher.told).toContain('lost'));
  await machine.clock.advance(100);
  await soon(() => expect(watcher.readies).toHaveLength(2));
});

test('a machine made anew begins its stream anew', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  machine.holder().print('old life');
  await soon(() => expect(watcher.text).toBe('old life'));
  machine.stop();
  await soon(() => expect(watcher.told).toContain('lost'));
  machine.holders.clear();
  machine.holder().print('a new life');
  machine.start(2);
  await soon(() => expect(watcher.text).toBe('a new life'));
  expect(watcher.last('ready')).toBe('ready 0 truncated');
});

test('the end of a shell is told after its last output, and the next viewer gets a new shell', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().print(Buffer.alloc(WINDOW_BYTES + 1000));
  machine.holder().exit(7);
  await soon(() => expect(watcher.offset).toBe(WINDOW_BYTES));
  expect(watcher.told).not.toContain('exit 7');
  await soon(() => {
    watcher.draw();
    expect(watcher.told).toContain('exit 7');
  });
  expect(watcher.offset).toBe(WINDOW_BYTES + 1000);
  expect(terminals.names(SANDBOX, 'node1')).toEqual([]);
  await Watcher.attach(terminals);
  await soon(() => expect(machine.execs).toHaveLength(2));
});

test('a holder that breaks the protocol is left and asked again', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  const hostile = [
    Buffer.from('no frame at all'),
    encodeSpan(0, 10),
    encodeOutput(999, Buffer.from('from nowhere')),
    Buffer.concat(
      Array.from({ length: 20 }, (_, index) => encodeOutput(index * 65_536, Buffer.alloc(65_536))),
    ),
  ];
  for (const [index, bytes] of hostile.entries()) {
    await soon(() => expect(watcher.readies).toHaveLength(index + 1));
    machine.holder().say(bytes);
    await soon(() => expect(watcher.told.filter((entry) => entry === 'lost')).toHaveLength(index + 1));
    await machine.clock.advance(100);
  }
  await soon(() => expect(watcher.readies).toHaveLength(hostile.length + 1));
});

test('a holder that never answers is not waited for for ever', async () => {
  const machine = new FakeMachine();
  vi.spyOn(machine.holder(), 'connect').mockImplementation(() => {});
  const watcher = await Watcher.attach(machine.openTerminals());
  await machine.clock.advance(20_000);
  await soon(() => expect(watcher.told).toContain('lost'));
});

test('a read-only viewer can neither type nor resize', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const learner = await Watcher.attach(terminals, { cols: 100, rows: 30 });
  const guest = await Watcher.attach(terminals, { cols: 40, rows: 10, readOnly: true });
  await soon(() => expect(guest.last('size')).toBe('size 100x30'));
  expect(guest.type('rm -rf /')).toBe(false);
  guest.viewer?.resize(50, 20);
  learner.type('x');
  await soon(() => expect(machine.holder().input).toBe('x'));
  expect(new Set(machine.holder().sizes)).toEqual(new Set(['100x30']));
});

test('the viewer that typed last decides the size, before its input arrives', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const laptop = await Watcher.attach(terminals, { cols: 120, rows: 40 });
  const phone = await Watcher.attach(terminals, { cols: 45, rows: 20 });
  await soon(() => expect(phone.last('size')).toBe('size 120x40'));
  phone.type('l');
  await soon(() => expect(machine.holder().sizes.at(-1)).toBe('45x20'));
  expect(laptop.last('size')).toBe('size 45x20');
  phone.viewer?.close();
  await machine.clock.advance(50);
  await soon(() => expect(machine.holder().sizes.at(-1)).toBe('120x40'));
});

test('a window that is dragged resizes the shell a few times, not a hundred', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  await soon(() => expect(watcher.readies).toHaveLength(1));
  for (let cols = 81; cols <= 180; cols++) watcher.viewer?.resize(cols, 24);
  await machine.clock.advance(50);
  await soon(() => expect(machine.holder().sizes.at(-1)).toBe('180x24'));
  expect(machine.holder().sizes.length).toBeLessThan(5);
});

test('titles and the number of viewers are told, also to one who comes later', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const first = await Watcher.attach(terminals);
  await soon(() => expect(first.readies).toHaveLength(1));
  for (let count = 0; count < 50; count++) machine.holder().print(`\u001b]0;title ${count}\u0007`);
  await soon(() => expect(first.text).toContain('title 49'));
  await machine.clock.advance(100);
  expect(first.told.filter((entry) => entry.startsWith('title'))).toEqual(['title title 49']);
  const second = await Watcher.attach(terminals);
  expect(second.last('title')).toBe('title title 49');
  expect(first.last('viewers')).toBe('viewers 2');
  second.viewer?.close();
  expect(first.last('viewers')).toBe('viewers 1');
});

test('each command is told once, also across reconnects, idling and a new server', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const told: Command[] = [];
  terminals.onCommand(({ command }) => told.push(command));
  const lines = () => told.map(({ line, exitCode }) => `${line} ${exitCode}`);

  const watcher = await Watcher.attach(terminals);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().print(ran(machine, 'docker ps', 0));
  await soon(() => expect(lines()).toEqual(['docker ps 0']));
  machine.holder().disconnect();
  await soon(() => expect(watcher.told).toContain('lost'));
  await machine.clock.advance(100);
  machine.holder().print(ran(machine, 'docker login -p hunter2', 1));
  await soon(() => expect(lines()).toHaveLength(2));
  watcher.viewer?.close();
  await machine.clock.advance(60_000);
  machine.holder().print(ran(machine, 'sleep 1', 0));
  await Watcher.attach(terminals);
  await soon(() => expect(lines()).toEqual(['docker ps 0', 'docker login -p *** 1', 'sleep 1 0']));

  const anew = machine.openTerminals();
  anew.onCommand(({ command }) => told.push(command));
  const late = await Watcher.attach(anew);
  await soon(() => expect(late.text).toContain('sleep 1'));
  expect(told).toHaveLength(3);
  expect(told[0]).toMatchObject({ machine: 'node1', terminal: '1' });
});

test('a machine has a limit of terminals', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals({ terminalsPerMachine: 2 });
  await Watcher.attach(terminals);
  await terminals.prepare({ ...KEY, terminal: '2' });
  await Watcher.attach(terminals, {}, { ...KEY, terminal: '2' });
  const third = Watcher.attach(terminals, {}, { ...KEY, terminal: '3' });
  await expect(third).rejects.toMatchObject({ code: 'too_many_terminals' });
  machine.holder('2').exit(0);
  await soon(() => expect(terminals.names(SANDBOX, 'node1')).toEqual(['1']));
  await Watcher.attach(terminals, {}, { ...KEY, terminal: '3' });
});

test('a terminal has a limit of viewers', async () => {
  const terminals = new FakeMachine().openTerminals();
  for (let count = 0; count < 32; count++) await Watcher.attach(terminals);
  await expect(Watcher.attach(terminals)).rejects.toMatchObject({ code: 'too_many_terminals' });
});

test('a prepared shell waits for its first viewer', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  await terminals.prepare(KEY);
  expect(machine.execs[0]?.command).toBe('/usr/local/lib/drydock/agent terminal-start 1 80 24');
  machine.holder().print('prompt');
  const watcher = await Watcher.attach(terminals);
  await soon(() => expect(watcher.text).toBe('prompt'));
});

test('a closed sandbox has no terminals', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.closeSandbox();
  await soon(() => expect(machine.holder().isConnected).toBe(false));
  expect(terminals.names(SANDBOX, 'node1')).toEqual([]);
  await expect(Watcher.attach(terminals)).rejects.toMatchObject({ code: 'machine_unreachable' });
});

test('input that nobody takes is bounded', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals());
  machine.stop();
  await soon(() => expect(watcher.told).toContain('lost'));
  expect(watcher.viewer?.inputRoom()).toBeNull();
  watcher.type('x'.repeat(200_000));
  const room = watcher.viewer?.inputRoom();
  expect(room).toBeInstanceOf(Promise);
  machine.start();
  await room;
  await soon(() => expect(machine.holder().input.length).toBe(64 * 1024));
});
