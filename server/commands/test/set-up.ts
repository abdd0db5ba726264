/** Sets up the tests' own instance and what the tests need beside it, telling each step. */
import { TEST_PACKAGES } from '#server/host/package-list.ts';
import { terminalReport } from '#server/host/progress.ts';
import { setUp } from '#server/host/set-up.ts';
import { testConfig } from '#server/host/testing/test-host.ts';

const report = terminalReport(process.stdout);
try {
  await setUp(testConfig(), report, { extraPackages: TEST_PACKAGES });
  report.finish('The test instance is there.');
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
}
