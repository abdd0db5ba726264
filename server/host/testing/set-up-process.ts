/** Sets up the instance of its environment and names each step as it begins: a process for tests to kill on the way. */
import { setUp } from '../set-up.ts';
import { testConfig } from './test-host.ts';

await setUp(testConfig(), {
  begin(title) {
    process.stdout.write(`${title}\n`);
    return { detail() {}, done() {}, failed() {} };
  },
  warn() {},
});
process.stdout.write('Ready\n');
