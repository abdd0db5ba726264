/** Near misses of files, on the machine and in containers. */
import { expect, test } from 'vitest';
import type { FileExpectation } from '#server/lessons/expectation.ts';
import type { FileFinding } from '#server/world/probes/contract.ts';
import { container, finds, sources } from '../testing/worlds.ts';
import { fileProbe, judgeFile } from './file.ts';

const NOTE: FileFinding = { type: 'file', text: 'hello\nworld\n' };
const judge = (expect: Partial<FileExpectation>, found: FileFinding | null = NOTE, attempted = true) =>
  judgeFile(
    { path: '/root/note', ...expect },
    sources({ containers: [container({ name: 'web' })], found: finds(found), attempted }),
  );
const wrong = (...found: Parameters<typeof judge>) =>
  judge(...found)
    .facts.filter(({ ok }) => !ok)
    .map(({ field, words }) => [field, words?.en]);

test('a file passes with all that is asked of it', () => {
  const all = { contains: 'hello', matches: '^world$', directory: false };
  expect(judge(all)).toMatchObject({ passed: true, near: true });
  expect(judge({ directory: true }, { type: 'directory' }).passed).toBe(true);
  expect(judge({ container: 'web', contains: 'hello' }).passed).toBe(true);
});

test.each<[Partial<FileExpectation>, FileFinding, string, string]>([
  [{ contains: 'bye' }, NOTE, 'contains', 'the file is there, but does not contain “bye”'],
  [{ matches: '^wor$' }, NOTE, 'matches', 'the file is there, but nothing in it fits /^wor$/'],
  [{ directory: true }, NOTE, 'directory', 'it is no directory'],
  [{ directory: false }, { type: 'directory' }, 'directory', 'it is a directory'],
  [{ contains: 'hello' }, { type: 'directory' }, 'contains', 'it is no file with text in it'],
  [{ matches: 'hello' }, { type: 'other' }, 'matches', 'it is no file with text in it'],
])('%j is missed in words', (expected, found, field, words) => {
  expect(judge(expected, found)).toMatchObject({ passed: false, near: true });
  expect(wrong(expected, found)).toEqual([[field, words]]);
});

test('a file that is not there is no miss yet', () => {
  expect(judge({ contains: 'x' }, { type: 'missing' })).toMatchObject({ passed: false, near: false });
  expect(wrong({ contains: 'x' }, { type: 'missing' })).toEqual([['present', 'there is no /root/note yet']]);
});

test('what was wrong before anybody did anything is no miss either', () => {
  expect(judge({ contains: 'bye' }, NOTE, false)).toMatchObject({ passed: false, near: false });
});

test('a file that must be gone', () => {
  expect(judge({ present: false }, { type: 'missing' }).passed).toBe(true);
  expect(wrong({ present: false })).toEqual([['present', '/root/note is still there']]);
  expect(judge({ present: false }).near).toBe(false);
});

test('a container that is not there is told by name', () => {
  expect(judge({ container: 'db' })).toMatchObject({ passed: false, near: false });
  expect(wrong({ container: 'db' })).toEqual([['container', 'there is no container named db']]);
});

test('what could not be looked at is not judged', () => {
  expect(judge({}, null)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ present: false }, null)).toMatchObject({ passed: false, unseen: true });
  expect(judge({ machine: 'node2', container: 'web' })).toMatchObject({ passed: false, unseen: true });
});

test('a long text is cut where it is told', () => {
  const [told] = wrong({ contains: `${'x'.repeat(200)}\nnext` });
  expect(told?.[1]?.length).toBeLessThan(150);
});

test('it is looked for where the lesson says', () => {
  expect(fileProbe({ path: '/a' })).toEqual({ kind: 'file', machine: 'node1', container: null, path: '/a' });
  expect(fileProbe({ path: '/a', machine: 'node2', container: 'web' })).toMatchObject({
    machine: 'node2',
    container: 'web',
  });
});
