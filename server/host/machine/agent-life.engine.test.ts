/** A shell’s life at the holder: how it ends, what stays for later, sleep and crashes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AgentPlace } from './testing/agent-place.ts';
import { eventually } from './testing/terminal-client.ts';

const KEPT = 2 * 1024 * 1024;

let place: AgentPlace;
beforeAll(async () => {
  place = await AgentPlace.make();
});
afterAll(() => place.clear());

test('the exit comes after all output, with its code', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type('seq 1 40000; exit 3\n');
  await eventually(() => expect(terminal.exitCode).toBe(3));
  expect(terminal.bytes.toString()).toContain('\r\n40000\r\n');
  await terminal.ends();
});

test('a shell that was killed by a signal says so', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type('kill -KILL $$\n');
  await eventually(() => expect(terminal.exitCode).toBe(137));
});

test('a program left in the background does not hold the exit back', async () => {
  const { terminal } = await place.openTerminal();
  terminal.type('(trap "" HUP; exec sleep 30) & disown; exit\n');
  await eventually(() => expect(terminal.exitCode).toBe(0));
});

test('after an exit a fresh shell goes on at the old end', async () => {
  const { name, terminal } = await place.openTerminal();
  terminal.type('marker=old; exit\n');
  await terminal.ends();
  await eventually(() => expect(place.isHeld(name)).toBe(false));
  const fresh = place.terminal(name).attach(terminal.offset);
  fresh.type('echo "[${marker:-fresh}]"\n');
  await fresh.sees('[fresh]');
  expect(fresh.firstOffset).toBe(terminal.offset);
});

test('with nobody there the shell runs on, and the latest 2 MiB are kept', async () => {
  const { name, terminal } = await place.openTerminal();
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
  const { name, terminal } = await place.openTerminal();
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

test('a shell begins where the last one was when its machine slept, or was kept as it is', async () => {
  const { name, terminal } = await place.openTerminal();
  terminal.type('mkdir -p "deep er/est" && cd "deep er/est" && echo th""ere\n');
  await terminal.sees('there\r\n');
  process.kill(place.holderOf(name), 'SIGTERM');
  await terminal.ends();
  await eventually(() => expect(place.isHeld(name)).toBe(false));
  const woken = place.terminal(name).attach();
  woken.type('pwd; cd ..; echo mo""ved\n');
  await woken.sees('/home/deep er/est\r\n');
  await woken.sees('moved\r\n');
  // Kept as it is: nothing has the time to say goodbye.
  await eventually(() => expect(place.directoryOf(name)).toBe(place.path('home/deep er')));
  process.kill(place.holderOf(name), 'SIGKILL');
  await woken.ends();
  const later = place.terminal(name).attach();
  later.type('echo "<$PWD>"\n');
  await later.sees('/home/deep er>\r\n');
  // Whoever ends their shell begins the next one at home.
  later.type('exit\n');
  await later.ends();
  const fresh = place.terminal(name).attach();
  fresh.type('echo "<$PWD>"\n');
  await fresh.sees('/home>\r\n');
});

test('after a crash no new byte has an offset that was used before', async () => {
  const { name, terminal } = await place.openTerminal();
  process.kill(place.holderOf(name), 'SIGKILL');
  await terminal.ends();
  const after = place.terminal(name).attach(terminal.offset);
  after.type('echo back\n');
  await after.sees('\r\nback\r\n');
  expect(after.firstOffset).toBeGreaterThan(terminal.offset);
});

test('ended for good: its programs get a hang-up, whoever looks is let go, and the next shell starts from nothing', async () => {
  const { name, terminal } = await place.openTerminal();
  const program = `trap "touch ${place.path('hung-up')}; exit" HUP; echo kept""-words; sleep 30 & wait`;
  terminal.type(`bash -c '${program}'\n`);
  await terminal.sees('kept-words\r\n');
  expect((await place.run(['terminal-end', name])).code).toBe(0);
  await terminal.ends();
  expect(terminal.exitCode).toBeNull();
  expect(place.isHeld(name)).toBe(false);
  await eventually(() => expect(existsSync(place.path('hung-up'))).toBe(true));
  const fresh = place.terminal(name).attach();
  expect(await fresh.isAttached()).toEqual({ start: 0, end: 0 });
});

test('what sleeps is ended too, and ending what is not there is fine', async () => {
  const { name, terminal } = await place.openTerminal();
  process.kill(place.holderOf(name), 'SIGTERM');
  await terminal.ends();
  await eventually(() => expect(place.isHeld(name)).toBe(false));
  expect((await place.run(['terminal-end', name])).code).toBe(0);
  expect((await place.run(['terminal-end', name])).code).toBe(0);
  expect(existsSync(place.path(`state/terminals/${name}`))).toBe(false);
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

test('an idle holder costs about a megabyte', async () => {
  const { name } = await place.openTerminal();
  const status = readFileSync(`/proc/${place.holderOf(name)}/smaps_rollup`, 'utf8');
  const privateKiB = [...status.matchAll(/^Private_\w+: +(\d+) kB/gm)].reduce(
    (sum, [, kib]) => sum + Number(kib),
    0,
  );
  expect(privateKiB).toBeLessThan(1024);
});
