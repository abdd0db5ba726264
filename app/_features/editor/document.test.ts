import { expect, test } from 'vitest';
import type { FileView } from '#server/protocol/files.ts';
import { edited, isUnsaved, keptMine, opened, saved, seenAgain, tookTheirs } from './document.ts';

const view = (text: string, version: string): Extract<FileView, { type: 'text' }> => ({
  type: 'text',
  path: '/root/f',
  bytes: text.length,
  modifiedAt: '2030-01-01T00:00:00Z',
  mode: 0o644,
  version,
  text,
});
const open = opened(view('one', '1'), null);

test('what is written is unsaved until it was saved', () => {
  const written = edited(open, 'two');
  expect(isUnsaved(open)).toBe(false);
  expect(isUnsaved(written)).toBe(true);
  expect(isUnsaved(saved(written, 'two', '2'))).toBe(false);
  // More was written while it was on its way.
  expect(isUnsaved(saved(edited(written, 'three'), 'two', '2'))).toBe(true);
});

test('changed in the machine, with nothing unsaved: the editor takes it over', () => {
  const now = seenAgain(open, view('theirs', '2'));
  expect([now.text, now.round, now.conflict]).toEqual(['theirs', open.round + 1, null]);
  expect(seenAgain(open, view('one', '1'))).toBe(open);
  expect(seenAgain(open, null)).toBe(open);
});

test('changed in the machine, with something unsaved: both are kept', () => {
  const now = seenAgain(edited(open, 'mine'), view('theirs', '2'));
  expect([now.text, now.conflict]).toEqual(['mine', view('theirs', '2')]);
  expect(keptMine(now)).toMatchObject({ text: 'mine', conflict: null, seen: { version: '2' } });
  expect(tookTheirs(now)).toMatchObject({ text: 'theirs', conflict: null, round: open.round + 1 });
});

test('what was saved comes back as a change, and is none', () => {
  const now = seenAgain(edited(saved(edited(open, 'two'), 'two', '2'), 'three'), view('two', '2'));
  expect([now.text, now.conflict]).toEqual(['three', null]);
});

test('both wrote the same: nothing is in conflict', () => {
  expect(isUnsaved(seenAgain(edited(open, 'same'), view('same', '2')))).toBe(false);
});

test('deleted in the machine, with something unsaved: it is said, and can be let go', () => {
  const now = seenAgain(edited(open, 'mine'), null);
  expect(now.conflict).toBe('gone');
  expect(tookTheirs(now)).toBe(null);
  expect(keptMine(now)).toMatchObject({ text: 'mine', conflict: null });
});
