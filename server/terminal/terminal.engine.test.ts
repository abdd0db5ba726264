/** Terminals on a real machine: the true holder, a true bash, the true engine between. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestHost } from '../host/testing/test-host.ts';
import type { Command } from '../protocol/feed.ts';
import { WINDOW_BYTES } from '../protocol/numbers.ts';
import { RealMachine } from './testing/real-machine.ts';
import { Watcher } from './testing/watcher.ts';

const PROMPT = '# \u001b]133;B';
const MIB = 1024 * 1024;

let machine: RealMachine;
beforeAll(async () => {
  const host = await openTestHost();
  machine = await RealMachine.open(host.engine);
}, 600_000);
afterAll(() => machine?.[Symbol.asyncDispose]());

type Opened = ReturnType<RealMachine['openTerminals']>;

async function open(terminals: Opened, terminal: string, offset?: number): Promise<Watcher> {
  const watcher = await Watcher.attach(terminals, machine.key(terminal), { offset });
  watcher.drawsAtOnce = true;
  await vi.waitFor(() => expect(watcher.readies).toHaveLength(1), { timeout: 10_000 });
  return watcher;
}

/** Runs a command and returns what it printed, up to the next prompt. */
async function run(watcher: Watcher, command: string, timeoutMs = 20_000): Promise<string> {
  watcher.type(`${command}\r`);
  await watcher.sees('133;C\u0007', timeoutMs);
  const output = await watcher.sees('\u001b]133;D;', timeoutMs);
  await watcher.sees(PROMPT, timeoutMs);
  return output.slice(0, -'\u001b]133;D;'.length);
}

function commandsOf(terminals: Opened): Command[] {
  const commands: Command[] = [];
  terminals.onCommand(({ command }) => commands.push(command));
  return commands;
}

test('a shell survives detaching and a restart of the server, and nothing is lost or repeated', async () => {
  const before = machine.openTerminals();
  const first = await open(before, 'life');
  await first.sees(PROMPT);
  const shell = await run(first, 'echo $$');
  first.type('for i in $(seq 1 3000); do echo "line $i"; [ $i = 1000 ] && sleep 0.5; done\r');
  await first.sees('line 999\r\n');
  const seen = first.offset;
  await before[Symbol.asyncDispose]();

  await using after = machine.openTerminals();
  const second = await open(after, 'life', seen);
  expect(second.last('ready')).toBe(`ready ${seen}`);
  const rest = await second.sees('line 3000\r\n');
  const whole = await (await open(after, 'life')).sees('line 3000\r\n');
  expect(whole.endsWith(rest)).toBe(true);
  const numbers = [...whole.matchAll(/line (\d+)\r\n/g)].map((match) => Number(match[1]));
  expect(numbers).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
  await second.sees(PROMPT);
  expect(await run(second, 'echo $$')).toBe(shell);
});

test('a flood is paced by its viewer and ends within 300 ms of Ctrl-C', async () => {
  await using terminals = machine.openTerminals();
  const watcher = await open(terminals, 'flood');
  await watcher.sees(PROMPT);
  watcher.type('yes "the quick brown fox jumps over the lazy dog" | head -c 500000000\r');
  await vi.waitFor(() => expect(watcher.offset).toBeGreaterThan(50 * MIB), { timeout: 60_000 });
  const pressed = performance.now();
  watcher.type('\u0003');
  await watcher.sees(PROMPT, 5000);
  expect(performance.now() - pressed).toBeLessThan(300);
  expect(watcher.readies).toHaveLength(1);
});

test('with a viewer that draws nothing the shell waits, and Ctrl-C still reaches it at once', async () => {
  await using terminals = machine.openTerminals();
  const commands = commandsOf(terminals);
  const watcher = await open(terminals, 'paused');
  await watcher.sees(PROMPT);
  watcher.drawsAtOnce = false;
  watcher.draw();
  const before = watcher.offset;
  watcher.type('yes\r');
  // What was drawn at the prompt is not worth an acknowledgement yet: it counts as under way.
  await vi.waitFor(() => expect(watcher.offset).toBeGreaterThanOrEqual(WINDOW_BYTES));
  expect(watcher.offset).toBeLessThanOrEqual(before + WINDOW_BYTES);
  watcher.type('\u0003');
  watcher.drawsAtOnce = true;
  watcher.draw();
  await vi.waitFor(() => expect(commands.at(-1)).toMatchObject({ line: 'yes', exitCode: 130 }));
  expect(watcher.offset - before).toBeLessThan(2 * MIB);
});

test('a paused viewer slows nobody', async () => {
  await using terminals = machine.openTerminals();
  const [fast, paused] = [await open(terminals, 'two'), await open(terminals, 'two')];
  await fast.sees(PROMPT);
  paused.drawsAtOnce = false;
  await run(fast, 'seq 1 1000000', 60_000);
  expect(fast.readies).toHaveLength(1);
  expect(paused.offset).toBeLessThan(2 * WINDOW_BYTES);
  paused.drawsAtOnce = true;
  paused.draw();
  await vi.waitFor(() => expect(paused.offset).toBe(fast.offset));
  expect(paused.last('ready')).toMatch(/truncated/);
});

test('wide characters come whole', async () => {
  await using terminals = machine.openTerminals();
  const watcher = await open(terminals, 'wide');
  await watcher.sees(PROMPT);
  const text = '你好，码头 🐳 👩‍👩‍👧‍👦 é ⠿ ─│┌';
  expect(await run(watcher, `for i in 1 2 3; do echo '${text}'; done`)).toBe(`${text}\r\n`.repeat(3));
});

test('a shell that exits says so with its code; opening it again gives a new one', async () => {
  await using terminals = machine.openTerminals();
  const watcher = await open(terminals, 'exit');
  await watcher.sees(PROMPT);
  const shell = await run(watcher, 'echo $$');
  watcher.type('exit 7\r');
  await vi.waitFor(() => expect(watcher.told).toContain('exit 7'), { timeout: 5000 });
  const again = await open(terminals, 'exit', watcher.offset);
  expect(again.readies[0]?.truncated).toBe(false);
  await again.sees(PROMPT);
  expect(await run(again, 'echo $$')).not.toBe(shell);
});

test('commands are told with line, exit code and time; hidden input and secrets are not', async () => {
  await using terminals = machine.openTerminals();
  const commands = commandsOf(terminals);
  const watcher = await open(terminals, 'marks');
  await watcher.sees(PROMPT);
  await run(watcher, 'sh -c "exit 3"');
  await run(watcher, 'echo 你好; false');
  watcher.type('cat <<EOF > /tmp/文件\r第一行\rEOF\r');
  await vi.waitFor(() => expect(commands).toHaveLength(3), { timeout: 5000 });
  watcher.type('read -s -p "Password: " word\r');
  await watcher.sees('Password: ');
  watcher.type('hunter2\r');
  await vi.waitFor(() => expect(commands).toHaveLength(4), { timeout: 5000 });
  await run(watcher, 'true docker login -u me -p hunter2 localhost:5000');
  await run(watcher, 'sleep 0.3');
  await vi.waitFor(() => expect(commands).toHaveLength(6));
  expect(commands.map(({ line, exitCode }) => [line, exitCode])).toEqual([
    ['sh -c "exit 3"', 3],
    ['echo 你好; false', 1],
    ['cat <<EOF > /tmp/文件\n第一行\nEOF', 0],
    ['read -s -p "Password: " word', 0],
    ['true docker login -u me -p *** localhost:5000', 0],
    ['sleep 0.3', 0],
  ]);
  expect(JSON.stringify(commands)).not.toContain('hunter2');
  expect(commands.at(-1)?.durationMs).toBeGreaterThanOrEqual(290);
  expect(commands.at(-1)?.durationMs).toBeLessThan(1500);
});

test('lines pasted at once are told one by one, each with its own exit code', async () => {
  await using terminals = machine.openTerminals();
  const commands = commandsOf(terminals);
  const watcher = await open(terminals, 'block');
  await watcher.sees(PROMPT);
  watcher.type('\u001b[200~mkdir /tmp/box\rsh -c "exit 3"\rcat <<EOF\rhey\rEOF\rfalse\u001b[201~\r');
  await vi.waitFor(() => expect(commands).toHaveLength(4), { timeout: 10_000 });
  expect(commands.map(({ line, exitCode }) => [line, exitCode])).toEqual([
    ['mkdir /tmp/box', 0],
    ['sh -c "exit 3"', 3],
    ['cat <<EOF\nhey\nEOF', 0],
    ['false', 1],
  ]);
});

test('a program sees the size of the viewer, and hears of its change', async () => {
  await using terminals = machine.openTerminals();
  const watcher = await open(terminals, 'size');
  await watcher.sees(PROMPT);
  expect(await run(watcher, 'stty size')).toBe('24 80\r\n');
  watcher.viewer?.resize(132, 43);
  await vi.waitFor(() => expect(watcher.last('size')).toBe('size 132x43'));
  expect(await run(watcher, 'stty size')).toBe('43 132\r\n');
});

test('a paste of a megabyte into a program that answers all of it does not get stuck', async () => {
  await using terminals = machine.openTerminals();
  const commands = commandsOf(terminals);
  const watcher = await open(terminals, 'paste');
  await watcher.sees(PROMPT);
  watcher.type('cat\r');
  await watcher.sees('133;C');
  for (let count = 0; count < 16; count++) {
    watcher.type(`${'pasted '.repeat(9)}\r`.repeat(1000));
    await watcher.viewer?.inputRoom();
  }
  watcher.type('\u0003');
  await vi.waitFor(() => expect(commands.at(-1)).toMatchObject({ line: 'cat', exitCode: 130 }), {
    timeout: 20_000,
  });
});

test('scrollback survives a machine that sleeps, and the terminal comes back by itself', async () => {
  await using terminals = machine.openTerminals();
  const watcher = await open(terminals, 'sleep');
  await watcher.sees(PROMPT);
  await run(watcher, 'echo "said $((40 + 2)) before"');
  const { offset } = watcher;
  await machine.stop();
  await vi.waitFor(() => expect(watcher.told).toContain('lost'), { timeout: 5000 });
  await machine.start();
  await vi.waitFor(() => expect(watcher.readies).toHaveLength(2), { timeout: 10_000 });
  expect(watcher.last('ready')).toBe(`ready ${offset}`);
  await watcher.sees(PROMPT);
  const anew = await open(terminals, 'sleep');
  await anew.sees('said 42 before');
  expect(await run(watcher, 'echo awake')).toBe('awake\r\n');
});
