import { expect, test } from 'vitest';
import { before, CLASS, LESSON, OTHER, OUTLINES, stuck, tile } from '../testing/tiles.ts';
import { busiestLesson, figuresOf, taskLines } from './figures.ts';
import { parsePreferences } from './wall-preferences.ts';

test('the figures count who is here, asks, is stuck, and has finished this lesson', () => {
  const tiles = [
    tile('a', { handAt: before(9), ...stuck(50) }),
    tile('b', { finishedAt: before(9), presence: 'away' }),
    tile('c', { finishedAt: before(9), lesson: OTHER }),
    tile('d', { presence: 'never', lesson: null, ...stuck(49) }),
  ];
  expect(figuresOf(tiles, 'basics/first')).toEqual({ here: 2, of: 4, hands: 1, stuck: 1, finished: 1 });
  expect(figuresOf(tiles, null).finished).toBe(2);
});

test('each task of the lesson has a line, with who is almost there and what goes wrong most', () => {
  const words = { en: 'published 80', zh: '发布了 80' };
  const stats = [
    { lesson: LESSON, task: 'publish', passed: 3, tried: 2, medianSeconds: 61, miss: { words, learners: 1 } },
    { lesson: OTHER, task: 'run', passed: 9, tried: 0, medianSeconds: 5, miss: null },
  ];
  const near = tile('a', { tasks: [{ id: 'publish', state: 'near' }] });
  expect(
    taskLines(OUTLINES[0]!, stats, [near, { ...near, learner: 'b' }, { ...near, lesson: OTHER }]),
  ).toEqual([
    { task: 'run', title: 'Run it', passed: 0, near: 0, medianSeconds: null, miss: null },
    {
      task: 'publish',
      title: 'Publish it',
      passed: 3,
      near: 2,
      medianSeconds: 61,
      miss: { words, learners: 1 },
    },
  ]);
});

test('the wall opens at the lesson where most are, else at the first', () => {
  const there = [tile('a', { lesson: OTHER }), tile('b', { presence: 'away' })];
  expect(busiestLesson(CLASS.lessons, there)).toEqual(OTHER);
  expect(busiestLesson(CLASS.lessons, [])).toEqual(LESSON);
  expect(busiestLesson([], [])).toBeNull();
});

test('what a browser kept is read, and whatever is not known falls back', () => {
  const usual = { sort: 'stuck', size: 'usual', lesson: null };
  expect(parsePreferences(null)).toEqual(usual);
  expect(parsePreferences('no json')).toEqual(usual);
  expect(parsePreferences('null')).toEqual(usual);
  expect(parsePreferences('{"sort":"weight","size":7,"lesson":[]}')).toEqual(usual);
  expect(parsePreferences('{"sort":"name","size":"dense","lesson":"a/b"}')).toEqual({
    sort: 'name',
    size: 'dense',
    lesson: 'a/b',
  });
});
