import { expect, test, vi } from 'vitest';
import { WINDOW_BYTES } from '../protocol/numbers.ts';
import { FakeMachine, KEY, SANDBOX } from './testing/fake-machine.ts';
import { Watcher } from './testing/watcher.ts';

const MIB = 1024 * 1024;
const soon = vi.waitFor;

test('with nobody drawing the shell waits, yet hears Ctrl-C', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
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
  const [fast, slow] = [await Watcher.attach(terminals, KEY), await Watcher.attach(terminals, KEY)];
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

test('who merely looks neither holds the shell nor lets it run past its learner', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const looks = await Watcher.attach(terminals, KEY, { readOnly: true });
  await soon(() => expect(looks.readies).toHaveLength(1));
  machine.holder().print('y\n'.repeat(2 * MIB));
  await soon(() => expect(machine.holder().blockedBytes).toBe(0));
  expect(looks.offset).toBe(WINDOW_BYTES);
  const learner = await Watcher.attach(terminals, KEY, { offset: 4 * MIB });
  looks.drawsAtOnce = true;
  looks.draw();
  machine.holder().print('z\n'.repeat(2 * MIB));
  await soon(() => expect(learner.offset).toBe(4 * MIB + WINDOW_BYTES));
  expect(machine.holder().blockedBytes).toBeGreaterThan(2 * MIB);
});

test('a viewer that claims to have drawn more than it was sent gains nothing', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  for (let count = 0; count < 10; count++) watcher.viewer?.ack(WINDOW_BYTES);
  machine.holder().print(Buffer.alloc(2 * MIB));
  await soon(() => expect(watcher.offset).toBe(WINDOW_BYTES));
  expect(machine.holder().blockedBytes).toBeGreaterThan(MIB);
});

test('with no viewer the shell runs on, and after a while its memory is left to the holder', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  watcher.viewer?.close();
  machine.holder().print(Buffer.alloc(5 * MIB));
  await soon(() => expect(machine.holder().blockedBytes).toBe(0));
  expect(machine.holder().isConnected).toBe(true);
  await machine.clock.advance(60_000);
  await soon(() => expect(machine.holder().isConnected).toBe(false));
  expect(terminals.names(SANDBOX, 'node1')).toEqual(['1']);
  const back = await Watcher.attach(terminals, KEY, { offset: 5 * MIB });
  await soon(() => expect(back.told).toContain(`ready ${5 * MIB}`));
});

test('a read-only viewer can neither type nor resize', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const learner = await Watcher.attach(terminals, KEY, { cols: 100, rows: 30 });
  const guest = await Watcher.attach(terminals, KEY, { cols: 40, rows: 10, readOnly: true });
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
  const laptop = await Watcher.attach(terminals, KEY, { cols: 120, rows: 40 });
  const phone = await Watcher.attach(terminals, KEY, { cols: 45, rows: 20 });
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
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  for (let cols = 81; cols <= 180; cols++) watcher.viewer?.resize(cols, 24);
  await machine.clock.advance(50);
  await soon(() => expect(machine.holder().sizes.at(-1)).toBe('180x24'));
  expect(machine.holder().sizes.length).toBeLessThan(5);
});

test('titles and the number of viewers are told, also to one who comes later', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const first = await Watcher.attach(terminals, KEY);
  await soon(() => expect(first.readies).toHaveLength(1));
  for (let count = 0; count < 50; count++) machine.holder().print(`\u001b]0;title ${count}\u0007`);
  await soon(() => expect(first.text).toContain('title 49'));
  await machine.clock.advance(100);
  expect(first.told.filter((entry) => entry.startsWith('title'))).toEqual(['title title 49']);
  const second = await Watcher.attach(terminals, KEY);
  expect(second.last('title')).toBe('title title 49');
  expect(first.last('viewers')).toBe('viewers 2');
  second.viewer?.close();
  expect(first.last('viewers')).toBe('viewers 1');
});

test('a terminal has a limit of viewers', async () => {
  const terminals = new FakeMachine().openTerminals();
  for (let count = 0; count < 32; count++) await Watcher.attach(terminals, KEY);
  await expect(Watcher.attach(terminals, KEY)).rejects.toMatchObject({ code: 'too_many_terminals' });
});

test('input that nobody takes is bounded', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
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

test('a look at the end makes nobody a viewer: nothing is paced, resized or kept open by it', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  expect(terminals.tail(KEY)).toBeNull();
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().print('one\r\ntwo\r\n');
  await soon(() => expect(terminals.tail(KEY)?.end).toBe(10));
  expect(terminals.tail(KEY)).toMatchObject({ cols: 80, rows: 24 });
  expect(terminals.tail(KEY)?.read(5).toString()).toBe('two\r\n');
  expect(terminals.tail(KEY)?.read(1000).toString()).toBe('one\r\ntwo\r\n');
  expect(watcher.last('viewers')).toBe('viewers 1');
  watcher.viewer?.close();
  for (let count = 0; count < 60; count++) {
    terminals.tail(KEY);
    await machine.clock.advance(1000);
  }
  expect(terminals.tail(KEY)).toBeNull();
});
