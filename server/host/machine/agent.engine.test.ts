/** The agent's holder keeps a shell through everything that browsers, learners and sleep do to it. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AgentPlace } from './testing/agent-place.ts';
import type { TerminalClient } from './testing/terminal-client.ts';

const WINDOW = 512 * 1024;
const KEPT = 2 * 1024 * 1024;
const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

let place: AgentPlace;
beforeAll(async () => {
  place = await AgentPlace.make();
});
afterAll(() => place.clear());

let names = 0;
/** A terminal of its own for each test, with a plain prompt. */
async function openTerminal(): Promise<{ name: string; terminal: TerminalClient }> {
  const name = `t${(names += 1)}`;
  const terminal = place.terminal(name).attach();
  terminal.type(`PS1='$ '; PS0=; PROMPT_COMMAND=(); echo re''ady\n`);
  await terminal.sees('ready\r\n');
  return { name, terminal };
}

/** Proof that the shell works, from outside its output: a command that makes a file has run. */
async function makesFile(terminal: TerminalClient, file: string): Promise<void> {
  terminal.type(`touch ${place.path(file)}\n`);
  await eventually(() => expect(existsSync(place.path(file))).toBe(true));
}

test('a visitor types and sees what the shell prints', async () => {
  const { terminal } = await openTerminal();
  terminal.type('echo $((6*7)) $TERM ${DRYDOCK_NONCE:-unset} $0\n');
  await terminal.sees('42 xterm-256color');
});

test('a login shell starts in its home, with no descriptor but its terminal', async () => {
  const { terminal } = await openTerminal();
  terminal.type('shopt -q login_shell && echo "login in $PWD"; ls /proc/$$/fd | wc -w\n');
  // 0, 1, 2 and bash's own 255.
  await terminal.sees(`\r\nlogin in ${place.path('home')}\r\n4\r\n`);
});

test('the socket is for its owner only', async () => {
  const { name } = await openTerminal();
  expect(statSync(place.path(`run/terminals/${name}.sock`)).mode & 0o777).toBe(0o600);
});

test('a returning visitor gets exactly what came after its offset', async () => {
  const { name, terminal } = await openTerminal();
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
  const { name, terminal } = await openTerminal();
  const astray = place.terminal(name).attach(terminal.offset + 1_000_000);
  await astray.sees('ready\r\n');
  expect(astray.firstOffset).toBe(0);
});

test('the shell learns the size of the page', async () => {
  const { terminal } = await openTerminal();
  terminal.resize(123, 45);
  terminal.type('stty size\n');
  await terminal.sees('45 123');
});

test('output beyond the window waits, and none is lost', async () => {
  const { terminal } = await openTerminal();
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
  const { terminal } = await openTerminal();
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
  const { terminal } = await openTerminal();
  terminal.type('sleep 1000\n');
  const line = `${'x'.repeat(99)}\n`;
  terminal.type(line.repeat(600));
  terminal.type('\x03');
  await makesFile(terminal, 'after-paste');
});

test('a program that has taken Ctrl-C for itself reads it as a key', async () => {
  const { terminal } = await openTerminal();
  terminal.type('stty raw -echo; head -c 1 | od -An -tx1; stty sane\n');
  await terminal.sees('od -An');
  terminal.type('\x03');
  await terminal.sees(' 03');
});

test('the newest visitor wins, the older one is let go', async () => {
  const { name, terminal } = await openTerminal();
  const newer = place.terminal(name).attach();
  await newer.isAttached();
  await terminal.ends();
  newer.type('echo still here\n');
  await newer.sees('\r\nstill here\r\n');
});

test('the exit comes after all output, with its code', async () => {
  const { terminal } = await openTerminal();
  terminal.type('seq 1 40000; exit 3\n');
  await eventually(() => expect(terminal.exitCode).toBe(3));
  expect(terminal.bytes.toString()).toContain('\r\n40000\r\n');
  await terminal.ends();
});

test('a shell that was killed by a signal says so', async () => {
  const { terminal } = await openTerminal();
  terminal.type('kill -KILL $$\n');
  await eventually(() => expect(terminal.exitCode).toBe(137));
});

test('a program left in the background does not hold the exit back', async () => {
  const { terminal } = await openTerminal();
  terminal.type('(trap "" HUP; exec sleep 30) & disown; exit\n');
  await eventually(() => expect(terminal.exitCode).toBe(0));
});

test('after an exit a fresh shell goes on at the old end', async () => {
  const { name, terminal } = await openTerminal();
  terminal.type('marker=old; exit\n');
  await terminal.ends();
  await eventually(() => expect(place.isHeld(name)).toBe(false));
  const fresh = place.terminal(name).attach(terminal.offset);
  fresh.type('echo "[${marker:-fresh}]"\n');
  await fresh.sees('[fresh]');
  expect(fresh.firstOffset).toBe(terminal.offset);
});

test('with nobody there the shell runs on, and the latest 2 MiB are kept', async () => {
  const { name, terminal } = await openTerminal();
  terminal.type(`sleep 0.1; seq 1 500000; touch ${place.path('ran-on')}\n`);
  terminal.leave();
  await eventually(() => expect(existsSync(place.path('ran-on'))).toBe(true));
  const back = place.terminal(name).attach();
  const kept = await back.isAttached();
  expect(kept.end).toBeGreaterThan(3_000_000);
  expect(kept.end - kept.start).toBeLessThanOrEqual(KEPT);
  expect(kept.end - kept.start).toBeGreaterThan(KEPT - 70_000);
  await back.sees('\r\n500000\r\n');
  expect(back.firstOffset).toBe(kept.start);
});

test('scrollback and offsets survive sleep', async () => {
  const { name, terminal } = await openTerminal();
  terminal.type('echo before sleep\n');
  await terminal.sees('\r\nbefore sleep\r\n');
  process.kill(place.holderOf(name), 'SIGTERM');
  await terminal.ends();
  expect(terminal.exitCode).toBeNull();
  await eventually(() => expect(place.isHeld(name)).toBe(false));
  const woken = place.terminal(name).attach();
  await woken.sees('\r\nbefore sleep\r\n');
  expect(woken.firstOffset).toBe(0);
  expect((await woken.isAttached()).end).toBeGreaterThanOrEqual(terminal.offset);
  woken.type('echo awake\n');
  await woken.sees('\r\nawake\r\n');
});

test('after a crash no new byte has an offset that was used before', async () => {
  const { name, terminal } = await openTerminal();
  process.kill(place.holderOf(name), 'SIGKILL');
  await terminal.ends();
  const after = place.terminal(name).attach(terminal.offset);
  after.type('echo back\n');
  await after.sees('\r\nback\r\n');
  expect(after.firstOffset).toBeGreaterThan(terminal.offset);
});

test('a saved terminal that somebody has tampered with is as good as none', async () => {
  const head = Buffer.alloc(24);
  head.write('drydock1');
  head.writeBigUInt64BE(2n ** 63n, 16);
  writeFileSync(place.path('state/terminals/forged'), head);
  const terminal = place.terminal('forged').attach();
  terminal.type('echo fine\n');
  await terminal.sees('\r\nfine\r\n');
  expect(terminal.firstOffset).toBe(0);
});

test('two visitors at once find one shell', async () => {
  const starts = await Promise.all(
    Array.from({ length: 8 }, () => place.run(['terminal-start', 'twins', '80', '24'])),
  );
  expect(starts).toEqual(starts.map(() => ({ code: 0, stdout: '' })));
  const pid = place.holderOf('twins');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  expect(children).toHaveLength(1);
});

test('nonsense is hung up on and disturbs nobody', async () => {
  const { name, terminal } = await openTerminal();
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
  const { name, terminal } = await openTerminal();
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
  const { name, terminal } = await openTerminal();
  const crowd = Array.from({ length: 100 }, () => place.terminal(name));
  for (const client of crowd) client.attach();
  await eventually(() => expect(crowd.filter((client) => !client.gone)).toHaveLength(1));
  await terminal.ends();
  const last = crowd.find((client) => !client.gone)!;
  last.type('echo lives\n');
  await last.sees('\r\nlives\r\n');
  last.leave();
});

test('an idle holder costs about a megabyte', async () => {
  const { name } = await openTerminal();
  const status = readFileSync(`/proc/${place.holderOf(name)}/smaps_rollup`, 'utf8');
  const privateKiB = [...status.matchAll(/^Private_\w+: +(\d+) kB/gm)].reduce(
    (sum, [, kib]) => sum + Number(kib),
    0,
  );
  expect(privateKiB).toBeLessThan(1024);
});

test('names that could leave the directory are refused', async () => {
  for (const name of ['../x', 'a/b', '', 'A', 'x'.repeat(17)])
    expect((await place.run(['terminal', name, '80', '24'])).code).toBe(64);
});

async function echoServer(listen: (server: Server) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const said: Buffer[] = [];
    socket
      .on('data', (bytes) => said.push(bytes))
      .on('end', () => socket.end(`heard ${Buffer.concat(said)}`));
  });
  listen(server);
  await new Promise((settle) => server.on('listening', settle));
  return server;
}

test.each(['unix', 'tcp'] as const)('dial carries a half-closed conversation over %s', async (kind) => {
  const server = await echoServer((it) =>
    kind === 'unix' ? it.listen(place.path('echo')) : it.listen(0, '127.0.0.1'),
  );
  const address = server.address();
  const target = typeof address === 'string' ? `unix:${address}` : `tcp:${address?.port}`;
  const child = place.spawn(['dial', target]);
  let answer = '';
  child.stdout.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  child.stdin.end('hello');
  const code = await new Promise((settle) => child.on('close', settle));
  expect({ code, answer }).toEqual({ code: 0, answer: 'heard hello' });
  server.close();
});

test('dialling where nobody listens fails at once', async () => {
  expect((await place.run(['dial', 'tcp:1'])).code).toBe(1);
  expect((await place.run(['dial', `unix:${place.path('nothing')}`])).code).toBe(1);
  expect((await place.run(['dial', 'tcp:99999'])).code).toBe(1);
});
