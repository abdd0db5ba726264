import { expect, test } from 'vitest';
import { summarize } from './report.ts';

const lines: string[] = [];
const write = (line: string) => void lines.push(line);

test('the closing line adds up every step, and a failure fails the run', () => {
  const code = summarize(
    [
      { title: 'lint', passed: 1, failed: 0, failures: [], seconds: 1 },
      { title: 'unit tests', passed: 40, failed: 2, failures: ['one', 'two'], seconds: 3 },
    ],
    write,
  );
  expect(lines.join('\n')).toContain('What failed:\n  unit tests: one\n  unit tests: two\n');
  expect(lines.at(-1)).toBe('\n41 passed, 2 failed');
  expect(code).toBe(1);
});

test('a run in which nothing was tested is not a success', () => {
  expect(summarize([], write)).toBe(1);
});
