import { expect, test, vi } from 'vitest';
import type { Command } from '../protocol/feed.ts';
import { REPLAY_BYTES, WINDOW_BYTES } from '../protocol/numbers.ts';
import { encodeOutput, encodeSpan } from './testing/fake-holder.ts';
import { FakeMachine, KEY, SANDBOX } from './testing/fake-machine.ts';
import { Watcher } from './testing/watcher.ts';

const soon = vi.waitFor;

/** Marks as the shell prints them, with the nonce that it was given. */
function ran(machine: FakeMachine, line: string, code: number): string {
  const nonce = machine.execs.at(-1)?.nonce;
  return `\u001b]633;E;${line};${nonce}\u0007out\r\n\u001b]133;D;${code};${nonce}\u0007`;
}

test('what the shell prints is seen, and what is typed reaches it', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  machine.holder().print('root@node1:~# ');
  await soon(() => expect(watcher.text).toBe('root@node1:~# '));
  watcher.type('ls\r');
  await soon(() => expect(machine.holder().input).toBe('ls\r'));
  expect(machine.execs[0]?.command).toBe('/usr/local/lib/drydock/agent terminal 1 80 24');
});

test('a returning browser sees the output it missed, no more and no less', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const first = await Watcher.attach(terminals, KEY);
  machine.holder().print('one two ');
  await soon(() => expect(first.text).toBe('one two '));
  first.viewer?.close();
  machine.holder().print('three');
  const back = await Watcher.attach(terminals, KEY, { offset: first.offset });
  await soon(() => expect(back.text).toBe('three'));
  expect(back.last('ready')).toBe('ready 8');
});

test('after a restart of the server everything that the holder kept is there', async () => {
  const machine = new FakeMachine();
  const before = machine.openTerminals();
  const first = await Watcher.attach(before, KEY);
  machine.holder().print('before ');
  await soon(() => expect(first.text).toBe('before '));
  await before[Symbol.asyncDispose]();
  machine.holder().print('meanwhile');

  const after = machine.openTerminals();
  const anew = await Watcher.attach(after, KEY);
  const back = await Watcher.attach(after, KEY, { offset: 7 });
  await soon(() => expect([anew.text, back.text]).toEqual(['before meanwhile', 'meanwhile']));
  expect(machine.execs[0]?.nonce).toBe(machine.execs[1]?.nonce);
});

test('an offset from another life of the stream clears the screen and shows what there is', async () => {
  const machine = new FakeMachine();
  machine.holder().print('hello');
  const back = await Watcher.attach(machine.openTerminals(), KEY, { offset: 5000 });
  await soon(() => expect(back.text).toBe('hello'));
  expect(back.last('ready')).toBe('ready 0 truncated');
});

test('a replay of a full ring starts with a whole line', async () => {
  const machine = new FakeMachine();
  for (let line = 0; line < 40_000; line++)
    machine.holder().print(`line ${line} ${'x'.repeat(50 + (line % 7))}\r\n`);
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  watcher.drawsAtOnce = true;
  await soon(() => expect(watcher.offset).toBe(machine.holder().end));
  expect(watcher.text).toMatch(/^line \d+ x/);
  expect(watcher.text.length).toBeGreaterThan(REPLAY_BYTES - 100);
  expect(watcher.readies[0]?.replayTo).toBe(machine.holder().end);
});

test('a machine that goes to sleep and wakes gives the same stream on', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
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
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.holder().disconnect();
  await soon(() => expect(watcher.told).toContain('lost'));
  await machine.clock.advance(100);
  await soon(() => expect(watcher.readies).toHaveLength(2));
});

test('a machine made anew begins its stream anew', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
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
  const watcher = await Watcher.attach(terminals, KEY);
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
  await Watcher.attach(terminals, KEY);
  await soon(() => expect(machine.execs).toHaveLength(2));
});

test('a holder that breaks the protocol is left and asked again', async () => {
  const machine = new FakeMachine();
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
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
  const watcher = await Watcher.attach(machine.openTerminals(), KEY);
  await machine.clock.advance(20_000);
  await soon(() => expect(watcher.told).toContain('lost'));
});

test('each command is told once, also across reconnects, idling and a new server', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const told: Command[] = [];
  terminals.onCommand(({ command }) => told.push(command));
  const lines = () => told.map(({ line, exitCode }) => `${line} ${exitCode}`);

  const watcher = await Watcher.attach(terminals, KEY);
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
  await Watcher.attach(terminals, KEY);
  await soon(() => expect(lines()).toEqual(['docker ps 0', 'docker login -p *** 1', 'sleep 1 0']));

  const anew = machine.openTerminals();
  anew.onCommand(({ command }) => told.push(command));
  const late = await Watcher.attach(anew, KEY);
  await soon(() => expect(late.text).toContain('sleep 1'));
  expect(told).toHaveLength(3);
  expect(told[0]).toMatchObject({ machine: 'node1', terminal: '1' });
});

test('a machine has a limit of terminals', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals({ terminalsPerMachine: 2 });
  await Watcher.attach(terminals, KEY);
  await terminals.prepare({ ...KEY, terminal: '2' });
  await Watcher.attach(terminals, { ...KEY, terminal: '2' });
  const third = Watcher.attach(terminals, { ...KEY, terminal: '3' });
  await expect(third).rejects.toMatchObject({ code: 'too_many_terminals' });
  machine.holder('2').exit(0);
  await soon(() => expect(terminals.names(SANDBOX, 'node1')).toEqual(['1']));
  await Watcher.attach(terminals, { ...KEY, terminal: '3' });
});

test('a prepared shell waits for its first viewer', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  await terminals.prepare(KEY);
  expect(machine.execs[0]?.command).toBe('/usr/local/lib/drydock/agent terminal-start 1 80 24');
  machine.holder().print('prompt');
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.text).toBe('prompt'));
});

test('a terminal that is closed ends its shell, tells who looks, and starts no other', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  await terminals.end(KEY);
  expect(watcher.told.at(-1)).toBe('exit 129');
  expect(machine.execs.map(({ command }) => command.split(' ')[1])).toEqual(['terminal', 'terminal-end']);
  expect(terminals.names(SANDBOX, 'node1')).toEqual([]);
  await machine.clock.advance(60_000);
  expect(machine.execs).toHaveLength(2);
  // While the machine is away there is no shell to end.
  machine.stop();
  await terminals.end(KEY);
  expect(machine.execs).toHaveLength(2);
});

test('terminals of a machine that is taken away end, those of another go on', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.remove('node2');
  expect(watcher.told).not.toContain('exit 129');
  machine.remove('node1');
  expect(watcher.told.at(-1)).toBe('exit 129');
  expect(terminals.names(SANDBOX, 'node1')).toEqual([]);
  await machine.clock.advance(60_000);
  expect(machine.execs).toHaveLength(1);
});

test('a closed sandbox has no terminals', async () => {
  const machine = new FakeMachine();
  const terminals = machine.openTerminals();
  const watcher = await Watcher.attach(terminals, KEY);
  await soon(() => expect(watcher.readies).toHaveLength(1));
  machine.closeSandbox();
  await soon(() => expect(machine.holder().isConnected).toBe(false));
  expect(terminals.names(SANDBOX, 'node1')).toEqual([]);
  await expect(Watcher.attach(terminals, KEY)).rejects.toMatchObject({ code: 'machine_unreachable' });
});
