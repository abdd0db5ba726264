import { expect, test } from 'vitest';
import { readPlaywright, readVitest } from './results.ts';

test('failed tests of the unit runner are named, with their first words and without colours', () => {
  const json = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'it holds' },
          {
            status: 'failed',
            fullName: 'it adds',
            failureMessages: ['\u001b[31mexpected 3\u001b[39m\n at x'],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot be read', assertionResults: [] },
    ],
  };
  expect(readVitest(json)).toEqual({
    passed: 3,
    failed: 2,
    failures: ['b.test.ts: cannot be read', 'it adds: expected 3'],
  });
});

test('a story that passed on its second try has failed, and is named', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.e2e.ts',
    tests: [{ status, results: [{ error: { message: 'too late' } }, {}] }],
  });
  const json = {
    stats: { expected: 1, unexpected: 0, flaky: 1 },
    suites: [{ specs: [], suites: [{ specs: [spec('shy', 'flaky'), spec('good', 'expected')] }] }],
  };
  expect(readPlaywright(json)).toEqual({
    passed: 1,
    failed: 1,
    failures: ['a.e2e.ts: shy: too late'],
  });
});
