import { expect, test } from 'vitest';
import { changedFiles, type Context } from './context.ts';
import { parseDockerfile } from './dockerfile.ts';
import { parseContext } from './remains.ts';

const context = (files: Record<string, string>, ...ignored: string[]): Context => ({
  files: new Map(Object.entries(files)),
  ignored,
});
const line = (text: string) => parseDockerfile(`FROM debian\n${text}`).stages[0]!.instructions[1]!;
/** Of these paths, those that the line copies. */
const copies = (text: string, paths: string[], ...ignored: string[]) =>
  changedFiles(
    context({}, ...ignored),
    context(Object.fromEntries(paths.map((path) => [path, 'x'])), ...ignored),
    line(text),
  ).map(({ path }) => path);

test('files that came, went and changed', () => {
  const before = context({ a: '1', b: '1', c: '1' });
  const now = context({ b: '2', c: '1', d: '1' });
  expect(changedFiles(before, now, line('COPY . .'))).toEqual([
    { path: 'a', change: 'removed' },
    { path: 'b', change: 'changed' },
    { path: 'd', change: 'added' },
  ]);
});

test('only what the line copies', () => {
  const paths = ['app.py', 'src/a.py', 'src/b/c.py', 'srcs/d', 'README'];
  expect(copies('COPY app.py /app/', paths)).toEqual(['app.py']);
  expect(copies('COPY --chown=1:1 ./src /README /app/', paths)).toEqual(['README', 'src/a.py', 'src/b/c.py']);
  expect(copies('COPY *.py s?c/*.py /app/', paths)).toEqual(['app.py', 'src/a.py']);
  expect(copies('ADD ["src", "/x y"]', paths)).toEqual(['src/a.py', 'src/b/c.py']);
  // Nobody knows what a variable says here: then it may be anything.
  expect(copies('COPY $WHAT /app/', paths)).toHaveLength(5);
  expect(copies('RUN --mount=type=bind,target=. make', paths)).toHaveLength(5);
});

test('what .dockerignore leaves out is not seen', () => {
  const paths = ['a.log', 'x/y/b.log', 'node_modules/m/i.js', 'keep/k.log', 'src/tmp1'];
  const left = copies('COPY . .', paths, '# comment', '', '**/*.log', '!keep/*', '/node_modules', '*/tmp?');
  expect(left).toEqual(['keep/k.log']);
  expect(copies('COPY . .', paths, '**', '!src')).toEqual(['src/tmp1']);
});

test('a file that is ignored now is one that went', () => {
  const files = { secret: '1', a: '1' };
  expect(changedFiles(context(files), context(files, 'secret'), line('COPY . .'))).toEqual([
    { path: 'secret', change: 'removed' },
  ]);
});

test('a pattern that was made to take long does not', () => {
  const startedAtMs = performance.now();
  const path = `${'a/'.repeat(400)}${'a'.repeat(200)}`;
  expect(copies('COPY . .', [path], `${'**/'.repeat(200)}x`, `${'*a'.repeat(200)}b`)).toEqual([path]);
  expect(performance.now() - startedAtMs).toBeLessThan(1000);
});

const DIGEST = 'a'.repeat(64);

test('the answer of a machine is read: a digest where there is one, size and time where not', () => {
  const told = parseContext(
    [
      '*.log\n',
      'f 644 3 1.5 a b',
      'f 644 9999999 2.5 big',
      'l 777 3 3.5 way',
      '',
      `${DIGEST}  ./a b`,
      '',
      'whole',
      '',
    ].join('\0'),
  );
  expect(told).toEqual({
    files: new Map([
      ['a b', `f 644 ${DIGEST}`],
      ['big', 'f 644 9999999 2.5'],
      ['way', 'l 777 3 3.5'],
    ]),
    ignored: ['*.log', ''],
  });
  expect(parseContext(['', '', '', 'whole', ''].join('\0'))).toEqual({ files: new Map(), ignored: [''] });
});

test('an answer that is cut, forged or too long is none', () => {
  expect(parseContext('')).toBeNull();
  expect(parseContext(['', 'f 644 3 1.5 a', '', `${DIGEST}  ./a`].join('\0'))).toBeNull();
  expect(parseContext(['', 'anything', '', '', 'whole', ''].join('\0'))).toBeNull();
  const many = Array.from({ length: 1001 }, (_, index) => `f 644 1 1 ${index}`);
  expect(parseContext(['', ...many, '', '', 'whole', ''].join('\0'))).toBeNull();
});
