import { expect, test } from 'vitest';
import { CLASS_LIMITS } from '../protocol/numbers.ts';
import { plainLine, screenLines, TAIL_BYTES } from './text-screen.ts';

const size = { cols: 40, rows: 10 };
const shown = (text: string) => screenLines(Buffer.from(text), size);

test.each([
  ['lines as they were printed', 'one\r\ntwo\r\n$ ', ['one', 'two', '$']],
  ['at most as many lines as a tile shows', 'a\r\nb\r\nc\r\nd\r\ne\r\n', ['b', 'c', 'd', 'e']],
  ['a line that was written over', 'pulling 10%\rpulling 90%', ['pulling 90%']],
  ['what was taken back', 'sl\b\bls', ['ls']],
  ['an erased rest of a line', 'pulling nginx\r\u001b[Kdone', ['done']],
  ['a cleared screen', 'secret of before\r\n\u001b[H\u001b[2J$ ls', ['$ ls']],
  ['a line that a shell editor mended', '$ dcker\u001b[4D\u001b[1@o', ['$ docker']],
  ['deleted characters', '$ dooocker\u001b[6D\u001b[2P', ['$ docker']],
  ['a list that is drawn again in place', 'a: 1\r\nb: 1\r\n\u001b[2Aa: 2\r\nb: 2\r\n', ['a: 2', 'b: 2']],
  [
    'an editor on the other screen',
    '$ vi\r\n\u001b[?1049h\u001b[1;1Htext\u001b[10;1H"a" 1L',
    ['text', '"a" 1L'],
  ],
  ['no colours', '\u001b[1;32mroot\u001b[0m:\u001b[38;5;4m~\u001b[m# ', ['root:~#']],
  ['no titles and marks', '\u001b]0;root@node1\u0007\u001b]133;A\u001b\\$ ls', ['$ ls']],
  ['tabs as columns', 'NAME\tID', ['NAME    ID']],
  ['long lines as the terminal breaks them', 'x'.repeat(45), ['x'.repeat(40), 'x'.repeat(5)]],
  ['wide characters in two columns', `${'你'.repeat(20)}好`, ['你'.repeat(20), '好']],
  ['nothing of an unfinished sequence', '$ ls\u001b', ['$ ls']],
])('it shows %s', (_, text, lines) => {
  expect(shown(text)).toEqual(lines);
});

test('a character that was cut at the start is left out', () => {
  expect(screenLines(Buffer.from('你好').subarray(1), size)).toEqual(['好']);
});

test('nothing that moves, rings or turns reaches a page, whatever a machine prints', () => {
  const noise = Buffer.from(
    Array.from({ length: TAIL_BYTES }, (_, index) => (index * 7919 + (index >> 3)) % 256),
  );
  const turned = Buffer.from('a\u202eb\u2066c\u0085d\u009b2Je\u2028f\u200bg');
  for (const bytes of [noise, turned]) {
    const text = screenLines(bytes, size).join('');
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  }
});

test('a line is as long as the wire takes, and never half a character', () => {
  const [line] = screenLines(Buffer.from('🐳'.repeat(200)), { cols: 500, rows: 3 });
  expect(line!.length).toBeLessThanOrEqual(CLASS_LIMITS.lineCharacters);
  expect(plainLine(`x${'🐳'.repeat(100)}`).isWellFormed()).toBe(true);
});

test('a size that no honest terminal has costs nothing', () => {
  expect(screenLines(Buffer.from('\u001b[999999999Lx\u001b[99999999@'), { cols: 1, rows: 0 })).toEqual(['x']);
});
