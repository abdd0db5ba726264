/** Patterns are the author's, texts the learner's. */
import { Script } from 'node:vm';
import { expect, test, vi } from 'vitest';
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

test('what is late because others had the processor is tried again', () => {
  const late = Object.assign(new Error('late'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
  const run = vi.spyOn(Script.prototype, 'runInNewContext');
  run.mockImplementationOnce(() => {
    throw late;
  });
  expect(matches('^hello$', 'hello')).toBe(true);
  expect(run).toHaveBeenCalledTimes(2);
  run.mockRestore();
});
