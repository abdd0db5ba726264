import { expect, test } from 'vitest';
import { pointsFor } from './points.ts';

test.each([
  [0, false, 10],
  [1, false, 7],
  [2, false, 4],
  [3, false, 1],
  [9, false, 1],
  [0, true, 0],
  [2, true, 0],
])('with %i hints and the solution shown: %s, a task is worth %i', (hintsGiven, solved, points) => {
  expect(pointsFor({ hintsGiven, solved })).toBe(points);
});
