import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../lib/clock.ts';
import { ShellWatch } from './shell-watch.ts';

const NONCE = '0123456789abcdef';
const command = (line: string) => `\u001b]633;E;${line};${NONCE}\u0007\u001b]133;D;0;${NONCE}\u0007`;

let clock: FakeClock;
let commands: string[];
let titles: string[];
let watch: ShellWatch;
beforeEach(() => {
  clock = new FakeClock();
  commands = [];
  titles = [];
  watch = new ShellWatch({
    nonce: NONCE,
    toldTo: undefined,
    now: () => clock.now(),
    onCommand: ({ line }) => commands.push(line),
    onTitle: (title) => titles.push(title),
  });
});

test('each command is told, and each change of the title', () => {
  watch.read(Buffer.from(`\u001b]0;one\u0007${command('docker ps')}\u001b]0;one\u0007\u001b]0;two\u0007`));
  expect([commands, titles]).toEqual([['docker ps'], ['one', 'two']]);
});

test('a program that forges commands or titles by the thousand is heard a hundred times', async () => {
  const forged = Array.from({ length: 5000 }, (_, count) => `${command('x')}\u001b]0;${count}\u0007`).join(
    '',
  );
  watch.read(Buffer.from(forged));
  expect([commands.length, titles.length]).toEqual([100, 100]);
  await clock.advance(1000);
  watch.read(Buffer.from(command('docker ps')));
  expect(commands.at(-1)).toBe('docker ps');
});
