/** The agent’s holder serves whoever comes: replay, window, interrupts, nonsense and crowds. */
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AgentPlace } from './testing/agent-place.ts';
import { eventually, type TerminalClient } from './testing/terminal-client.ts';

const WINDOW = 512 * 1024;

let place: AgentPlace;
beforeAll(async () => {
  place = await AgentPlace.make();
});
afterAll(() => place.clear());

/** Proof that the shell works, from outside its output: a command that makes a file has run. */
async function makesFile(terminal: TerminalClient, file: string): Promise<void> {
  terminal.type(`touch ${place.path(file)}\n`);
  await eventually(() => expect(existsSync(place.path(file))).toBe(true));
}

test('a visitor types and sees what the shell prints', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type('echo $((6*7)) $TERM ${DRYDOCK_NONCE:-unset} $0\n');
  await terminal.sees('42 xterm-256color');
});

test('a login shell starts in its home, with no descriptor but its terminal', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type('shopt -q login_shell && echo "login in $PWD"; ls /proc/$$/fd | wc -w\n');
  // 0, 1, 2 and bash's own 255.
  await terminal.sees(`\r\nlogin in ${place.path('home')}\r\n4\r\n`);
});

test('the socket is for its owner only', async () => {
  const { name } = await place.openTerminal();
  expect(statSync(place.path(`run/terminals/${name}.sock`)).mode & 0o777).toBe(0o600);
});

test('a returning visitor gets exactly what came after its offset', async () => {
  const { name, terminal } = await place.openTerminal();
  terminal.type('echo one\n');
  await terminal.sees('\r\none\r\n');
  terminal.leave();
  await terminal.ends();
  const again = place.terminal(name).attach(terminal.offset);
  again.type('echo two\n');
  await again.sees('\r\ntwo\r\n');
  expect(again.firstOffset).toBeGreaterThanOrEqual(terminal.offset);
  const whole = place.terminal(name).attach();
  await whole.sees('\r\ntwo\r\n');
  const seen = Buffer.concat([terminal.bytes, whole.bytes.subarray(terminal.offset)]);
  expect(seen.equals(whole.bytes)).toBe(true);
  expect(whole.bytes.subarray(again.firstOffset!, again.offset).equals(again.bytes)).toBe(true);
});

test('an offset from a life that was undone brings all that is kept', async () => {
  const { name, terminal } = await place.openTerminal();
  const astray = place.terminal(name).attach(terminal.offset + 1_000_000);
  await astray.sees('ready\r\n');
  expect(astray.firstOffset).toBe(0);
});

test('the shell learns the size of the page', async () => {
  const { terminal } = await place.openTerminal();
  terminal.resize(123, 45);
  terminal.type('stty size\n');
  await terminal.sees('45 123');
});

test('output beyond the window waits, and none is lost', async () => {
  const { terminal } = await place.openTerminal();
  terminal.acknowledging = false;
  const before = terminal.offset;
  terminal.type('seq 1 300000; echo fin\n');
  await eventually(() => expect(terminal.offset - before).toBeGreaterThan(WINDOW - 64 * 1024));
  terminal.resize(80, 24);
  expect(terminal.offset - before).toBeLessThanOrEqual(WINDOW);
  terminal.acknowledging = true;
  terminal.acknowledge(terminal.offset - before);
  await terminal.sees('\r\nfin\r\n');
  const text = terminal.bytes.toString();
  const expected = Array.from({ length: 300_000 }, (_, index) => `${index + 1}\r\n`).join('');
  expect(text.includes(expected)).toBe(true);
});

test('Ctrl-C gets through a paused terminal', async () => {
  const { terminal } = await place.openTerminal();
  terminal.acknowledging = false;
  const before = terminal.offset;
  terminal.type('yes\n');
  await eventually(() => expect(terminal.offset - before).toBeGreaterThanOrEqual(WINDOW - 64 * 1024));
  terminal.type('\x03');
  terminal.acknowledging = true;
  terminal.acknowledge(terminal.offset - before);
  await makesFile(terminal, 'after-yes');
});

test('Ctrl-C gets past a paste that the program does not read', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type(`sh -c 'touch ${place.path('asleep')}; exec sleep 1000'\n`);
  await eventually(() => expect(existsSync(place.path('asleep'))).toBe(true));
  const line = `${'x'.repeat(99)}\n`;
  terminal.type(line.repeat(600));
  terminal.type('\x03');
  await makesFile(terminal, 'after-paste');
});

test('a program that has taken Ctrl-C for itself reads it as a key', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type(`stty raw -echo; touch ${place.path('raw')}; head -c 1 | od -An -tx1; stty sane\n`);
  await eventually(() => expect(existsSync(place.path('raw'))).toBe(true));
  terminal.type('\x03');
  await terminal.sees(' 03');
});

test('the newest visitor wins, the older one is let go', async () => {
  const { name, terminal } = await place.openTerminal();
  const newer = place.terminal(name).attach();
  await newer.isAttached();
  await terminal.ends();
  newer.type('echo still here\n');
  await newer.sees('\r\nstill here\r\n');
});

test('nonsense is hung up on and disturbs nobody', async () => {
  const { name, terminal } = await place.openTerminal();
  const path = place.path(`run/terminals/${name}.sock`);
  const attach = Buffer.from('A\0\0\0\x08\0\0\0\0\0\0\0\0', 'latin1');
  const nonsense = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from('I\0\0\0\x05whoop'),
    Buffer.from('A\0\0\0\x09\0\0\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from([0, 255, 255, 255, 255]),
    Buffer.alloc(100_000, 7),
  ];
  for (const bytes of nonsense) {
    const closed = await new Promise((settle) => {
      const socket = connect(path, () => socket.write(bytes));
      socket
        .on('error', settle)
        .on('close', () => settle(true))
        .resume();
    });
    expect(closed).toBeTruthy();
  }
  terminal.type('echo undisturbed\n');
  await terminal.sees('\r\nundisturbed\r\n');
  // Attached first, nonsense later: that client goes, the shell stays.
  await new Promise((settle) => {
    const huge = Buffer.from('I\xff\xff\xff\xff', 'latin1');
    const socket = connect(path, () => socket.write(Buffer.concat([attach, huge])));
    socket.on('close', settle).resume();
  });
  const again = place.terminal(name).attach();
  await again.sees('\r\nundisturbed\r\n');
});

test('frames may arrive byte by byte', async () => {
  const { name, terminal } = await place.openTerminal();
  terminal.leave();
  const socket = connect(place.path(`run/terminals/${name}.sock`)).setNoDelay(true);
  let output = '';
  socket.on('data', (bytes) => (output += bytes.toString('latin1')));
  const frames = Buffer.from('A\0\0\0\x08\0\0\0\0\0\0\0\0I\0\0\0\x0becho b-y-b\n', 'latin1');
  for (const byte of frames) await new Promise((sent) => socket.write(Buffer.from([byte]), sent));
  await eventually(() => expect(output).toContain('b-y-b\r\n'));
  socket.destroy();
});

test('a hundred visitors come, the last one stays, the shell lives', async () => {
  const { name, terminal } = await place.openTerminal();
  const crowd = Array.from({ length: 100 }, () => place.terminal(name));
  for (const client of crowd) client.attach();
  await eventually(() => expect(crowd.filter((client) => !client.gone)).toHaveLength(1));
  await terminal.ends();
  const last = crowd.find((client) => !client.gone)!;
  last.type('echo lives\n');
  await last.sees('\r\nlives\r\n');
  last.leave();
});

test('names that could leave the directory are refused', async () => {
  for (const name of ['../x', 'a/b', '', 'A', 'x'.repeat(17)])
    expect((await place.run(['terminal', name, '80', '24'])).code).toBe(64);
});
