/** Patterns are the author's, texts the learner's. */
import { expect, test } from 'vitest';
import { matches } from './matching.ts';

test('a pattern is tried line by line', () => {
  expect(matches('^b+$', 'a\nbbb\nc')).toBe(true);
  expect(matches('^b+$', 'a\nbbbc')).toBe(false);
  expect(matches('^你好', '你好，世界')).toBe(true);
});

test.each([
  ['(a+)+$', `${'a'.repeat(40)}!`],
  ['FROM.*nginx', 'FROM'.repeat(64 * 1024)],
])('%s takes no longer than its time on a text made for it', (pattern, text) => {
  const startedAtMs = performance.now();
  expect(matches(pattern, text)).toBe(false);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});
