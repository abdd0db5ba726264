import { expect, test } from 'vitest';
import type { FileEntry } from '#server/protocol/files.ts';
import {
  folderOf,
  forget,
  HOME,
  isName,
  join,
  read,
  rowsOf,
  showName,
  step,
  targetFolder,
  toggle,
  treeOf,
} from './tree.ts';

const entry = (name: string, kind: FileEntry['kind'] = 'file', rest: Partial<FileEntry> = {}): FileEntry => ({
  name,
  openable: true,
  kind,
  target: null,
  bytes: 0,
  modifiedAt: '2030-01-01T00:00:00Z',
  mode: 0o644,
  ...rest,
});
let tree = read(treeOf(HOME), HOME, {
  more: false,
  entries: [entry('b'), entry('way', 'link', { target: 'directory' }), entry('a'), entry('app', 'directory')],
});
tree = toggle(read(tree, '/root/app', { more: false, entries: [entry('x')] }), '/root/app', true);

test('folders come first, links to folders among them, and what is open shows what is in it', () => {
  expect(rowsOf(tree).map(({ path, level }) => `${level} ${path}`)).toEqual([
    '1 /root/app',
    '2 /root/app/x',
    '1 /root/way',
    '1 /root/a',
    '1 /root/b',
  ]);
  expect(targetFolder(tree)).toBe('/root/app');
  expect(targetFolder({ ...tree, at: '/root/a' })).toBe('/root');
  expect(targetFolder({ ...tree, at: null })).toBe('/root');
});

test('a folder that cannot be asked for is not opened', () => {
  const odd = read(treeOf('/'), '/', {
    more: false,
    entries: [entry('\\xff', 'directory', { openable: false })],
  });
  expect(rowsOf(odd)[0]).toMatchObject({ isFolder: false, path: '/\\xff' });
});

test('a folder that is gone takes all that was open in it along', () => {
  const now = forget(tree, '/root/app');
  expect([...now.folders.keys(), ...now.open]).toEqual(['/root', '/root']);
  expect(now.at).toBe(null);
});

test('keys walk the rows', () => {
  const rows = rowsOf(tree);
  expect(step(rows, 0, 'ArrowDown')).toBe(1);
  expect(step(rows, 4, 'ArrowDown')).toBe(4);
  expect(step(rows, 1, 'ArrowLeft')).toBe(0);
  expect(step(rows, 0, 'ArrowRight')).toBe(1);
  expect(step(rows, 3, 'ArrowRight')).toBe(null);
  expect(step(rows, 2, 'End')).toBe(4);
  expect(step(rows, 2, 'x')).toBe(null);
});

test('names and paths', () => {
  expect([join('/', 'a'), join('/root', 'a'), folderOf('/a'), folderOf('/root/a')]).toEqual([
    '/a',
    '/root/a',
    '/',
    '/root',
  ]);
  expect(showName('a\nb\u202egnp.exe')).toBe('a\\u{a}b\\u{202e}gnp.exe');
  expect(['', '.', '..', 'a/b', 'a', '…'].map(isName)).toEqual([false, false, false, false, true, true]);
});
