/** What work is worth: less with help, less when late, by the weights of the class. */
import { expect, test } from 'vitest';
import type { TaskRecord } from '../store/contract.ts';
import { type LessonRules, scoreOf, totalOf, type Work } from './scores.ts';
import { HELLO, IMAGES } from './testing/class-place.ts';

const DUE = new Date('2030-01-02T00:00:00Z');
const rules = (change: Partial<LessonRules> = {}): LessonRules => ({
  lesson: HELLO,
  dueAt: DUE,
  weight: 1,
  tasks: ['a', 'b', 'c', 'd'],
  latePercent: 50,
  ...change,
});
const passed = (task: string, change: Partial<TaskRecord> = {}): TaskRecord => ({
  task,
  passedAt: new Date('2030-01-01T00:00:00Z'),
  hintsGiven: 0,
  solved: false,
  ...change,
});
const work = (...tasks: TaskRecord[]): Work => ({ tasks, opened: true, finishedAt: null });

test('never opened is nothing, opened is 0', () => {
  expect(scoreOf(rules(), { tasks: [], opened: false, finishedAt: null })).toEqual({
    lesson: HELLO,
    score: null,
    passed: 0,
    total: 4,
    hinted: 0,
    solved: 0,
    late: 0,
    finishedAt: null,
  });
  expect(scoreOf(rules(), work()).score).toBe(0);
});

test('all of it alone and in time is 100', () => {
  const all = { ...work(...['a', 'b', 'c', 'd'].map((task) => passed(task))), finishedAt: DUE };
  expect(scoreOf(rules(), all)).toMatchObject({ score: 100, passed: 4, finishedAt: DUE.toISOString() });
});

test('hints take points, a solution takes them all', () => {
  const score = scoreOf(
    rules(),
    work(passed('a', { hintsGiven: 1 }), passed('b', { hintsGiven: 2, solved: true }), passed('c')),
  );
  expect(score).toMatchObject({ score: 42.5, passed: 3, hinted: 1, solved: 1 });
});

test.each([
  [0, 25],
  [33, 33.3],
  [50, 37.5],
  [100, 50],
])('late, %i percent is kept: of two of four tasks, one of them late, remains %d', (latePercent, score) => {
  const late = passed('b', { passedAt: new Date(DUE.getTime() + 1) });
  expect(scoreOf(rules({ latePercent }), work(passed('a'), late))).toMatchObject({ score, late: 1 });
});

test('in the very moment in which it was due is in time, and without a date always', () => {
  const onTime = passed('a', { passedAt: DUE });
  expect(scoreOf(rules(), work(onTime))).toMatchObject({ score: 25, late: 0 });
  const long = passed('a', { passedAt: new Date('2031-01-01T00:00:00Z') });
  expect(scoreOf(rules({ dueAt: null }), work(long))).toMatchObject({ score: 25, late: 0 });
});

test('tried is not passed, and a task that the lesson no longer has counts no more', () => {
  const tried = passed('a', { passedAt: null, hintsGiven: 1 });
  expect(scoreOf(rules(), work(tried, passed('gone')))).toMatchObject({ score: 0, passed: 0, hinted: 0 });
});

test('a lesson without tasks is done by who opened it', () => {
  expect(scoreOf(rules({ tasks: [] }), work()).score).toBe(100);
});

test('lessons count by their weights; never opened is 0; gone is not counted', () => {
  const lessons = [
    rules({ weight: 1 }),
    rules({ lesson: IMAGES, weight: 3 }),
    rules({ weight: 9, tasks: null }),
  ];
  const full = work(...['a', 'b', 'c', 'd'].map((task) => passed(task)));
  const total = (...works: Work[]) =>
    totalOf(
      lessons,
      works.map((one, index) => scoreOf(lessons[index]!, one)),
    );
  const never = { tasks: [], opened: false, finishedAt: null };
  expect(total(full, never, full)).toBe(25);
  expect(total(never, full, never)).toBe(75);
  expect(total(full, full, never)).toBe(100);
  expect(totalOf([rules({ weight: 0 })], [scoreOf(rules(), full)])).toBe(0);
});
