/** Reads what the test runners write: how many passed, how many failed, and which. */
import { stripVTControlCharacters } from 'node:util';

/** `failures` names what failed, a line each. */
export type Count = { passed: number; failed: number; failures: readonly string[] };

type VitestResults = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
};

export function readVitest(json: unknown): Count {
  const { numPassedTests, numFailedTests, testResults } = json as VitestResults;
  // A file that failed before its first test holds no failed test: count the file.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = testResults.flatMap((file) =>
    file.assertionResults.filter(({ status }) => status === 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    failures: [
      ...broken.map(({ name, message }) => `${name}: ${firstLine(message)}`),
      ...failed.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages?.[0])}`),
    ],
  };
}

type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
};
type PlaywrightResults = {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
};

export function readPlaywright(json: unknown): Count {
  const { stats, suites } = json as PlaywrightResults;
  return {
    passed: stats.expected,
    // A test that passed only on a second try has failed once.
    failed: stats.unexpected + stats.flaky,
    failures: suites.flatMap(failuresOf),
  };
}

function failuresOf({ suites, specs }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const error = results.find((result) => result.error)?.error;
        return `${file}: ${title}: ${firstLine(error?.message)}`;
      }),
  );
  return [...own, ...(suites ?? []).flatMap(failuresOf)];
}

/** Runners colour what they say, for a terminal. */
const firstLine = (message = '') => stripVTControlCharacters(message).split('\n', 1)[0]!;
