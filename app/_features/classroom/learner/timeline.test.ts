import { expect, test } from 'vitest';
import type { TimelineEvent } from '#server/protocol/wall.ts';
import { lastMiss, ofKind, withEarlier, withNewest, withoutBlinks } from './timeline.ts';

const LESSON = { course: 'basics', lesson: 'first' };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
const command = (second: number, line = 'docker ps'): TimelineEvent => ({
  kind: 'command',
  at: at(second),
  lesson: LESSON,
  machine: 'node1',
  terminal: '1',
  line,
  exitCode: 0,
  durationMs: 20,
});
const near = (second: number, words: string): TimelineEvent => ({
  kind: 'near',
  at: at(second),
  lesson: LESSON,
  task: 'publish',
  words: { en: words, zh: words },
});

test('the newest page joins what is known, each thing once', () => {
  const known = { events: [command(2), command(1)], before: at(1) };
  const newest = { events: [command(3), command(2)], before: at(2) };
  expect(withNewest(known, newest)).toEqual({ events: [command(3), command(2), command(1)], before: at(1) });
});

test('a newest page that does not reach what is known takes its place: no gap is hidden', () => {
  const known = { events: [command(1)], before: null };
  const newest = { events: [command(9), command(8)], before: at(8) };
  expect(withNewest(known, newest)).toEqual(newest);
});

test('what lies before comes after, and knows how to go on', () => {
  const known = { events: [command(5), command(4)], before: at(4) };
  const earlier = { events: [command(4), command(3)], before: null };
  expect(withEarlier(known, earlier)).toEqual({ events: [command(5), command(4), command(3)], before: null });
});

test('a kind shows its own alone', () => {
  const events = [command(3), near(2, 'you published 80')];
  expect(ofKind(events, 'tasks')).toEqual([near(2, 'you published 80')]);
  expect(ofKind(events, 'commands')).toEqual([command(3)]);
  expect(ofKind(events, 'people')).toEqual([]);
  expect(ofKind(events, 'all')).toEqual(events);
});

test('the last near miss of a task is told, of this lesson alone', () => {
  const events = [near(3, 'newer'), near(2, 'older')];
  expect(lastMiss(events, LESSON, 'publish')?.en).toBe('newer');
  expect(lastMiss(events, { course: 'basics', lesson: 'other' }, 'publish')).toBeNull();
  expect(lastMiss(events, LESSON, 'remove')).toBeNull();
});

test('who looks again at once has not stopped looking', () => {
  const watched = (second: number, began: boolean, by = 'Lin Tao'): TimelineEvent => ({
    kind: 'watched',
    at: at(second),
    lesson: LESSON,
    by,
    began,
  });
  const [end, again, stop, start] = [
    watched(50, false),
    watched(12, true),
    watched(11, false),
    watched(1, true),
  ];
  expect(withoutBlinks([end, again, command(12), stop, start])).toEqual([end, command(12), start]);
  const later = [watched(40, true), watched(11, false)];
  expect(withoutBlinks(later)).toBe(later);
  const others = [watched(12, true, 'Lena Torres'), watched(11, false)];
  expect(withoutBlinks(others)).toBe(others);
});
