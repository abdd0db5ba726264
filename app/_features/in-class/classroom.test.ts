import { expect, test } from 'vitest';
import type { Classroom, Membership, Note, Watcher } from '#server/protocol/classes.ts';
import { classNews, dueAt, isOver, pausedIn, unread } from './classroom.ts';

const NOW = new Date('2030-05-08T12:00:00Z');
const membership = (change: Partial<Membership> = {}): Membership => ({
  class: 'abcdefgh',
  learner: 'bcdefghi',
  name: 'Containers, autumn group',
  instructor: 'Lena Torres',
  locale: 'en',
  as: 'Mia',
  lessons: [],
  paused: false,
  handAt: null,
  ...change,
});
const lena = (mode: Watcher['mode']): Watcher => ({ id: 'cdefghij', name: 'Lena Torres', mode });
const note = (id: string): Note => ({
  id,
  class: 'abcdefgh',
  from: 'Lena Torres',
  at: NOW.toISOString(),
  text: `text of ${id}`,
  command: null,
  toAll: true,
});
const room = (change: Partial<Classroom> = {}): Classroom => ({
  memberships: [membership()],
  watchers: [],
  notes: [],
  ...change,
});

test('who begins to watch, asks, types and leaves is told by name, each once', () => {
  const states = [[], [lena('watches')], [lena('asks')], [lena('types')], [lena('watches')], []];
  const rooms = states.map((watchers) => room({ watchers }));
  const told = rooms.slice(1).flatMap((now, index) => classNews(rooms[index]!, now));
  expect(told.map(({ what }) => what)).toEqual(['watches', 'asks', 'types', 'types-not', 'watches-not']);
  expect(told.every((news) => 'name' in news && news.name === 'Lena Torres')).toBe(true);
  expect(classNews(rooms[1]!, rooms[1]!)).toEqual([]);
});

test('a request that was declined or taken back is told as such', () => {
  const [asks, watches] = [room({ watchers: [lena('asks')] }), room({ watchers: [lena('watches')] })];
  expect(classNews(asks, watches)).toEqual([{ what: 'asks-not', name: 'Lena Torres' }]);
});

test('a page that has just come tells who watches and that the class is paused, not what was said before', () => {
  const now = room({
    watchers: [lena('types')],
    notes: [note('dddddddd')],
    memberships: [membership({ paused: true, handAt: NOW.toISOString() })],
  });
  expect(classNews(null, now).map(({ what }) => what)).toEqual(['types', 'paused']);
});

test('a note, a hand and a pause are told when they come, the pause also when it ends', () => {
  const before = room({ notes: [note('dddddddd')] });
  const after = room({
    notes: [note('dddddddd'), note('eeeeeeee')],
    memberships: [membership({ paused: true, handAt: NOW.toISOString() })],
  });
  expect(classNews(before, after)).toEqual([
    { what: 'note', name: 'Lena Torres', text: 'text of eeeeeeee' },
    { what: 'raised' },
    { what: 'paused' },
  ]);
  expect(classNews(after, { ...before, notes: after.notes })).toEqual([
    { what: 'lowered' },
    { what: 'goes-on' },
  ]);
  expect(pausedIn(after)?.instructor).toBe('Lena Torres');
  expect(pausedIn(before)).toBeNull();
});

test('notes that were not closed yet come newest first', () => {
  const notes = [note('dddddddd'), note('eeeeeeee'), note('ffffffff')];
  expect(unread(notes, new Set(['eeeeeeee'])).map(({ id }) => id)).toEqual(['ffffffff', 'dddddddd']);
});

test('a lesson says when it is due itself, and the playground what is due next', () => {
  const hello = { course: 'docker-basics', lesson: 'hello-docker' };
  const lesson = (name: string, due: string | null) => ({
    lesson: { ...hello, lesson: name },
    dueAt: due,
    weight: 1,
  });
  const mine = membership({
    lessons: [
      lesson('hello-docker', '2030-05-01T12:00:00Z'),
      lesson('third', '2030-05-20T12:00:00Z'),
      lesson('second', '2030-05-10T12:00:00Z'),
      lesson('fourth', null),
    ],
  });
  expect(dueAt(mine, hello, NOW)).toBe('2030-05-01T12:00:00Z');
  expect(dueAt(mine, { ...hello, lesson: 'fourth' }, NOW)).toBeNull();
  expect(dueAt(mine, { ...hello, lesson: 'elsewhere' }, NOW)).toBeNull();
  expect(dueAt(mine, null, NOW)).toBe('2030-05-10T12:00:00Z');
  expect(isOver('2030-05-01T12:00:00Z', NOW)).toBe(true);
  expect(isOver('2030-05-20T12:00:00Z', NOW)).toBe(false);
});
