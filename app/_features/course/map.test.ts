import { expect, test } from 'vitest';
import type { Course, LessonCard, LessonProgress } from '#server/protocol/lesson.ts';
import { pointsIn } from '#app/_lib/points.ts';
import { countLessons, firstNumber, stateOf, suggestion, undone } from './map.ts';

const UNTOUCHED: LessonProgress = {
  step: null,
  stepNumber: null,
  tasksPassed: 0,
  points: null,
  finishedAt: null,
  lastOpenedAt: null,
};

function lesson(name: string, progress: Partial<LessonProgress> = {}): LessonCard {
  return {
    key: { course: 'c', lesson: name },
    title: name,
    summary: '',
    minutes: 10,
    steps: 2,
    stepTitles: ['a', 'b'],
    tasks: 1,
    after: [],
    progress: { ...UNTOUCHED, ...progress },
  };
}

const courses = (...lessons: LessonCard[]): Course[] => [
  { id: 'c', title: '', summary: '', scored: false, lessons },
];
const monday = '2030-01-07T10:00:00Z';
const tuesday = '2030-01-08T10:00:00Z';

test('a newcomer is offered the first lesson', () => {
  expect(suggestion(courses(lesson('a'), lesson('b')))).toMatchObject({
    kind: 'start',
    lesson: { title: 'a' },
  });
});

test('the lesson opened last goes on', () => {
  const found = suggestion(
    courses(lesson('a', { lastOpenedAt: monday }), lesson('b', { lastOpenedAt: tuesday })),
  );
  expect(found).toMatchObject({ kind: 'continue', lesson: { title: 'b' }, openedAt: tuesday });
});

test('after a finished lesson comes the next open one, around the end too', () => {
  const done = { lastOpenedAt: tuesday, finishedAt: tuesday };
  expect(suggestion(courses(lesson('a'), lesson('b', done), lesson('c')))).toMatchObject({
    kind: 'next',
    lesson: { title: 'c' },
  });
  expect(suggestion(courses(lesson('a'), lesson('b', done)))).toMatchObject({ lesson: { title: 'a' } });
  expect(suggestion(courses(lesson('a', done)))).toEqual({ kind: 'all-done' });
});

test('without lessons there is nothing to suggest', () => {
  expect(suggestion([])).toEqual({ kind: 'empty' });
});

test('lessons are counted through all courses', () => {
  const two = [...courses(lesson('a', { finishedAt: monday }), lesson('b')), ...courses(lesson('c'))];
  expect(countLessons(two)).toEqual({ done: 1, total: 3 });
  expect([0, 1].map((index) => firstNumber(two, index))).toEqual([1, 3]);
  // Incidents are not a way to be walked in order.
  const [first, second] = two as [Course, Course];
  const mixed = [{ ...first, scored: true }, second];
  expect([0, 1].map((index) => firstNumber(mixed, index))).toEqual([null, 1]);
  expect(two[0]!.lessons.map(stateOf)).toEqual(['done', 'open']);
});

test('what is best done before is named until it is done', () => {
  const [first, second] = [lesson('a'), { ...lesson('b'), after: [{ course: 'c', lesson: 'a' }] }];
  expect(undone(second, courses(first, second))).toEqual([{ key: first.key, title: 'a' }]);
  const finished = lesson('a', { lastOpenedAt: monday, finishedAt: monday });
  expect(undone(second, courses(finished, second))).toEqual([]);
  // A lesson that is left out cannot be done before.
  expect(undone(second, courses(second))).toEqual([]);
  expect(undone(undefined, courses())).toEqual([]);
});

test('points of a course are those of its lessons, and only where it is scored', () => {
  const lessons = [
    { earned: 7, most: 20 },
    { earned: 0, most: 10 },
  ].map((points) => lesson('a', { points }));
  expect(pointsIn({ scored: true, lessons })).toEqual({ earned: 7, most: 30 });
  expect(pointsIn({ scored: false, lessons })).toBeNull();
});
