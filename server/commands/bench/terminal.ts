/** Figures of terminals: what our way adds to a key's echo, how much of a flood gets through, and what it costs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalEngineSettings } from '#server/engine/contract.ts';
import { startShell } from '#server/terminal/start-shell.ts';
import { RealMachine } from '#server/terminal/testing/real-machine.ts';
import { quantile, single, type Figure } from './figure.ts';
import { openRawTerminal } from './raw-terminal.ts';
import { Tap } from './tap.ts';
import { WireServer } from './wire-terminal.ts';

const MIB = 1024 * 1024;
const KEY_EVERY_MS = 5;
const KEYS_PER_ROUND = 400;
const ECHO_ROUNDS = 5;
const FLOOD_ROUNDS = 3;
const SHELLS = 8;
const SEEN_WITHIN_MS = 60_000;

const FLOODS = [
  { name: 'terminal.flood_ratio', command: 'seq 1 5000000', least: 0.8 },
  { name: 'terminal.flood_cat_ratio', command: 'cat /var/tmp/flood', least: 0.6 },
];

/** What both kinds of terminal can do. */
type Line = { type(text: string): void; onBytes(heard: (bytes: Buffer) => void): void };

export async function* benchTerminals(settings: LocalEngineSettings): AsyncGenerator<Figure> {
  await using machine = await RealMachine.open(settings);
  yield await shellMemory(machine);
  await using terminals = machine.openTerminals();
  await using server = await WireServer.open(terminals, (name) => machine.key(name));
  const raw = (command: string[]) => openRaw(settings.socketPath, machine.sandbox, command);
  const wire = async (name: string) => {
    const line = await server.connect(name);
    await sees(line, '# ');
    return line;
  };

  // Keys are echoed by the terminal itself, at once: what is measured is the way, not a program.
  const silent = 'cat > /dev/null';
  const [rawCat, wireCat] = [await raw(['sh', '-c', `echo ready; ${silent}`]), await wire('echo')];
  await sees(rawCat, 'ready');
  wireCat.type(`${silent}\r`);
  await sees(wireCat, '133;C');
  yield await echoAdded(rawCat, wireCat);

  const made = await machine.engine.run(machine.ref, {
    command: ['sh', '-c', `yes "$(head -c 199 /dev/zero | tr '\\0' x)" | head -c 100000000 > /var/tmp/flood`],
    timeoutMs: 60_000,
  });
  if (made.code !== 0) throw new Error(`The file to print was not made: ${made.stderr}`);
  const wireShell = await wire('flood');
  let growthBytes = 0;
  for (const flood of FLOODS) {
    const ratios: number[] = [];
    for (let round = 0; round < FLOOD_ROUNDS; round++) {
      const rawShell = await raw(['bash', '--norc']);
      await sees(rawShell, '# ');
      const rawMs = await timeFlood(rawShell, flood.command);
      rawShell.type('exit\r');
      const watch = watchMemory();
      ratios.push(rawMs / (await timeFlood(wireShell, flood.command)));
      growthBytes = Math.max(growthBytes, watch.stop());
    }
    yield single({
      name: flood.name,
      unit: 'of a raw TTY',
      value: quantile(ratios, 0.5),
      goal: { least: flood.least },
    });
  }
  yield single({
    name: 'server.flood_growth_mib',
    unit: 'MiB',
    value: growthBytes / MIB,
    goal: { most: 32 },
  });
}

async function openRaw(socketPath: string, sandbox: string, command: string[]): Promise<Line> {
  const socket = await openRawTerminal(socketPath, sandbox, command);
  const tap = new Tap();
  socket.on('data', (bytes: Buffer) => tap.feed(bytes));
  return { type: (text) => void socket.write(text), onBytes: (listener) => tap.onBytes(listener) };
}

/** Resolves when the line prints the text; listens from now on. */
function sees(line: Line, text: string): Promise<void> {
  const wanted = Buffer.from(text);
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`The terminal never printed ${text}.`)), SEEN_WITHIN_MS).unref();
    let tail = Buffer.alloc(0);
    line.onBytes((bytes) => {
      const whole = Buffer.concat([tail, bytes]);
      if (whole.includes(wanted)) resolve();
      tail = whole.subarray(-wanted.length);
    });
  });
}

/** Both in turn, so that a noisy neighbour of this host meets both. */
async function echoAdded(raw: Line, wire: Line): Promise<Figure> {
  const [rawMs, wireMs]: [number[], number[]] = [[], []];
  await echoes(raw);
  await echoes(wire);
  for (let round = 0; round < ECHO_ROUNDS; round++) {
    rawMs.push(...(await echoes(raw)));
    wireMs.push(...(await echoes(wire)));
  }
  const added = (q: number) => Math.round((quantile(wireMs, q) - quantile(rawMs, q)) * 100) / 100;
  const [p50, p95, p99] = [added(0.5), added(0.95), added(0.99)];
  const goal = 'p50 ≤ 0.5, p99 ≤ 3';
  return {
    name: 'terminal.echo_added_ms',
    value: p50,
    unit: 'ms',
    p50,
    p95,
    p99,
    goal,
    ok: p50 <= 0.5 && p99 <= 3,
  };
}

/** Milliseconds from each key to its echo, at 200 keys a second. A new line now and then: a TTY keeps only so much of one. */
async function echoes(line: Line): Promise<number[]> {
  const sentAt: number[] = [];
  const tookMs: number[] = [];
  line.onBytes((bytes) => {
    for (const byte of bytes)
      if (byte === 0x6b) tookMs.push(performance.now() - (sentAt[tookMs.length] ?? NaN));
  });
  for (let key = 1; key <= KEYS_PER_ROUND; key++) {
    await pause(KEY_EVERY_MS);
    sentAt.push(performance.now());
    line.type(key % 100 === 0 ? 'k\r' : 'k');
  }
  for (let look = 0; tookMs.length < KEYS_PER_ROUND; look++) {
    if (look > 1000) throw new Error(`Only ${tookMs.length} of ${KEYS_PER_ROUND} keys were echoed.`);
    await pause(KEY_EVERY_MS);
  }
  return tookMs;
}

/** From the key that starts it to the word behind it. */
async function timeFlood(line: Line, command: string): Promise<number> {
  const started = performance.now();
  line.type(`${command}; echo END$((20 + 22))\r`);
  await sees(line, 'END42');
  return performance.now() - started;
}

/** How far this process's memory grows at its peak. The client is in it too: it counts against us. */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  return {
    stop: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}

async function shellMemory(machine: RealMachine): Promise<Figure> {
  const start = (name: string) => startShell({ engine: machine.engine, secret: 'bench' }, machine.ref, name);
  // The first shell brings bash itself into memory, for all of them.
  await start('first');
  const before = (await machine.engine.usage(machine.ref)).memoryBytes;
  for (let shell = 0; shell < SHELLS; shell++) await start(`shell-${shell}`);
  const after = (await machine.engine.usage(machine.ref)).memoryBytes;
  const value = (after - before) / SHELLS / MIB;
  return single({ name: 'terminal.shell_mb', unit: 'MiB', value, goal: { most: 5 } });
}
