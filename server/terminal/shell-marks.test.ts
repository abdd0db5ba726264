import { expect, test } from 'vitest';
import { OSC_BYTES, OscReader } from './osc-reader.ts';
import { LINE_CHARACTERS, ShellMarks, TITLE_CHARACTERS, type ShellEvent } from './shell-marks.ts';

const NONCE = 'n0nce';
const started = (line: string, nonce = NONCE) => `\u001b]633;E;${line};${nonce}\u0007\u001b]133;C\u0007`;
const ended = (code: number | string, nonce = NONCE) => `\u001b]133;D;${code};${nonce}\u0007`;

/** Reads a shell's output in the given pieces, one second of clock per mark. */
function hear(pieces: Buffer[]): ShellEvent[] {
  let seconds = 0;
  const marks = new ShellMarks(NONCE, () => new Date(1000 * seconds++));
  const reader = new OscReader();
  const events: ShellEvent[] = [];
  for (const piece of pieces)
    reader.read(piece, (payload) => {
      const event = marks.read(payload);
      if (event) events.push(event);
    });
  return events;
}
const hearText = (text: string) => hear([Buffer.from(text)]);
const lines = (events: ShellEvent[]) =>
  events.flatMap((event) => (event.type === 'command' ? [[event.line, event.exitCode]] : []));

test('a command is told when it ends, with line, exit code and time', () => {
  expect(hearText(`${started('docker ps')}CONTAINER ID\r\n${ended(3)}`)).toEqual([
    { type: 'command', line: 'docker ps', exitCode: 3, startedAt: new Date(0), durationMs: 1000 },
  ]);
});

test('here-documents, semicolons, backslashes and Chinese arrive as typed', () => {
  const text = started('cat <<EOF\\x0a你好\\x3b \\x5cn 🐳\\x0aEOF') + ended(0);
  expect(lines(hearText(text))).toEqual([['cat <<EOF\n你好; \\n 🐳\nEOF', 0]]);
});

test('marks without our nonce are somebody else’s text', () => {
  expect(hearText(started('rm -rf /', 'guess') + ended(0))).toEqual([]);
  expect(hearText(started('ls') + ended(0, 'guess'))).toEqual([]);
  expect(hearText(`\u001b]633;E;ls\u0007${ended(0)}`)).toEqual([]);
});

test('a prompt drawn anew is no command', () => {
  expect(hearText(ended(0) + started('ls') + ended(0) + ended(0))).toHaveLength(1);
});

test('an exit code that is no number is refused', () => {
  expect(hearText(started('ls') + ended('x'))).toEqual([]);
  expect(hearText(started('ls') + ended('99999'))).toEqual([]);
});

test('secrets are blotted and control characters dropped before anything leaves', () => {
  expect(lines(hearText(started('docker login -p hunter2\\x1b[2J') + ended(0)))).toEqual([
    ['docker login -p ***', 0],
  ]);
});

test('titles are cleaned and cut', () => {
  expect(hearText('\u001b]0;root@node1: ~\u0007\u001b]2;vim\u001b\\')).toEqual([
    { type: 'title', title: 'root@node1: ~' },
    { type: 'title', title: 'vim' },
  ]);
  const [event] = hearText(`\u001b]2;\u202Eevil\u0085${'x'.repeat(1000)}\u0007`);
  expect(event).toEqual({ type: 'title', title: `evil${'x'.repeat(1000)}`.slice(0, TITLE_CHARACTERS) });
});

test('a line is cut to its bound, and one that is far too long is passed over', () => {
  const [event] = hearText(started('a'.repeat(9000)) + ended(0));
  expect(event?.type === 'command' && event.line.length).toBe(LINE_CHARACTERS);
  expect(hearText(started('a'.repeat(OSC_BYTES)) + ended(0))).toEqual([]);
});

test('an unfinished string is dropped by CAN, and does not swallow what follows', () => {
  expect(hearText('\u001b]2;half\u0018\u001b]2;whole\u0007')).toEqual([{ type: 'title', title: 'whole' }]);
  expect(hearText('\u001b]2;one\u001b]2;two\u0007')).toHaveLength(2);
});

test('chunks may be split anywhere', () => {
  const output = Buffer.from(
    `$ ${started('echo 你好 🐳')}你好 🐳\r\n${ended(0)}\u001b]0;标题\u001b\\\u001b[31mred\u001b[0m` +
      `${started('false')}${ended(1)}\u001b]2;x\u0018\u001bP1;2|dcs\u001b\\${started('ls -la')}${ended(0)}`,
  );
  const whole = hear([output]);
  expect(lines(whole)).toEqual([
    ['echo 你好 🐳', 0],
    ['false', 1],
    ['ls -la', 0],
  ]);
  for (let at = 0; at <= output.length; at++)
    expect(hear([output.subarray(0, at), output.subarray(at)])).toEqual(whole);
  for (let seed = 1; seed <= 300; seed++) expect(hear(split(output, seed))).toEqual(whole);
});

/** Cuts at places that the seed decides, so that a failure can be repeated. */
function split(bytes: Buffer, seed: number): Buffer[] {
  let state = seed;
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    state = (state * 48_271) % 0x7fff_ffff;
    const size = 1 + (state % 9);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
