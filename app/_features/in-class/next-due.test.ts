import { expect, test } from 'vitest';
import type { Membership } from '#server/protocol/classes.ts';
import type { Course, LessonCard } from '#server/protocol/lesson.ts';
import { nextDue } from './next-due.ts';

const card = (lesson: string, finishedAt: string | null = null) =>
  ({ key: { course: 'basics', lesson }, title: lesson, progress: { finishedAt } }) as LessonCard;
const courses = (...lessons: LessonCard[]) => [{ id: 'basics', lessons } as Course];
const asks = (...lessons: [string, string | null][]) =>
  ({
    lessons: lessons.map(([lesson, dueAt]) => ({ lesson: { course: 'basics', lesson }, dueAt, weight: 1 })),
  }) as Membership;
const DONE = '2030-05-01T12:00:00Z';

test('what is due first of what is not finished comes next, late or not', () => {
  const mine = asks(['a', null], ['b', '2030-05-20T12:00:00Z'], ['c', '2030-05-10T12:00:00Z'], ['d', DONE]);
  expect(nextDue(mine, courses(card('a'), card('b'), card('c'), card('d', DONE)))?.card.title).toBe('c');
  expect(nextDue(mine, courses(card('a'), card('b'), card('c'), card('d')))?.card.title).toBe('d');
});

test('without dates the order of the class counts, and a lesson that is not there is passed over', () => {
  const mine = asks(['gone', null], ['b', null], ['a', null]);
  expect(nextDue(mine, courses(card('a'), card('b')))).toMatchObject({ card: { title: 'b' }, dueAt: null });
});

test('nothing comes next when all is finished', () => {
  expect(nextDue(asks(['a', DONE]), courses(card('a', DONE)))).toBeNull();
});
