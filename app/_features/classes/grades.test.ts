import { expect, test } from 'vitest';
import type { GradeRow } from '#server/protocol/gradebook.ts';
import { showScore, sortNext, sortRows, type Sorting } from './grades.ts';

const row = (name: string, total: number, score: number | null): GradeRow => ({
  learner: 'aaaaaaaa',
  name,
  email: null,
  number: null,
  scores: [
    {
      lesson: { course: 'basics', lesson: 'one' },
      score,
      passed: 0,
      total: 4,
      hinted: 0,
      solved: 0,
      late: 0,
      finishedAt: null,
    },
  ],
  total,
});
const rows = [row('Lars', 40, null), row('ana', 80, 80), row('王芳', 80, 100), row('Zoë', 0, 0)];
const order = (sorting: Sorting) => sortRows(rows, sorting, 'en').map(({ name }) => name);

test('names stand by the alphabet, whatever their case', () => {
  expect(order({ by: 'name', down: false }).slice(0, 3)).toEqual(['ana', 'Lars', 'Zoë']);
});

test('scores go either way; what was never opened is last in both', () => {
  expect(order({ by: 0, down: true })).toEqual(['王芳', 'ana', 'Zoë', 'Lars']);
  expect(order({ by: 0, down: false })).toEqual(['Zoë', 'ana', '王芳', 'Lars']);
});

test('equals stand by name', () => {
  expect(order({ by: 'total', down: true })).toEqual(['ana', '王芳', 'Lars', 'Zoë']);
});

test('a column begins as it is mostly wanted, and turns round', () => {
  const first = sortNext({ by: 'name', down: false }, 'total');
  expect(first).toEqual({ by: 'total', down: true });
  expect(sortNext(first, 'total')).toEqual({ by: 'total', down: false });
  expect(sortNext(first, 'name')).toEqual({ by: 'name', down: false });
});

test('a score has one digit behind the point at most', () => {
  expect([100, 66.666, 0].map((score) => showScore(score, 'en'))).toEqual(['100', '66.7', '0']);
});
