import { expect, test } from 'vitest';
import { fromSamples, quantile, single } from './figure.ts';

test('a quantile is a value that was measured', () => {
  expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(quantile([1, 2], 0.99)).toBe(2);
});

test('every bound must hold, and the first one names the value', () => {
  const samples = Array.from({ length: 100 }, (_, index) => index + 1);
  const figure = fromSamples({
    name: 'x',
    unit: 'ms',
    samples,
    goals: [
      { at: 'p50', most: 60 },
      { at: 'p99', most: 90 },
    ],
  });
  expect(figure).toMatchObject({ value: 50, p95: 95, goal: 'p50 ≤ 60, p99 ≤ 90', ok: false });
});

test('a single figure may have a floor', () => {
  expect(single({ name: 'r', unit: '', value: 0.7, goal: { least: 0.8 } }).ok).toBe(false);
});
