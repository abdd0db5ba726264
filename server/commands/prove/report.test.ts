/** The report says what was proven, at what cost, and what was not. */
import { expect, test } from 'vitest';
import { problems, table } from './report.ts';

const good = { lesson: 'a/b', name: 'web passes', problem: null };
const bad = { lesson: 'a/b', name: 'wrong: web.x', problem: 'the task has passed' };
const figures = { seconds: 4.26, tickMs: 310, memoryBytes: 60 * 1024 ** 2, diskBytes: 0, pulls: 1 };

test('the table has one line a lesson, with the dearest of its runs', () => {
  const slower = { ...figures, seconds: 8.5, pulls: 0 };
  expect(table([{ lesson: 'a/b', checks: [good, bad], figures: [figures, slower] }])).toEqual([
    'lesson  passed  failed  seconds  tick  memory   disk  pulls',
    'a/b          1       1      8.5  0.31  60 MiB  0 MiB      1',
  ]);
});

test('only what went wrong is told again', () => {
  expect(problems([good, bad])).toEqual(['✗ a/b  wrong: web.x: the task has passed']);
});
