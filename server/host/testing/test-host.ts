/** The host as engine tests need it: an instance of their own, small, set up on first use and kept for the next run. */
import { readConfig } from '../../config.ts';
import type { Host, Report } from '../contract.ts';
import { setUp } from '../set-up.ts';

export const silentReport: Report = {
  begin: () => ({ detail() {}, done() {}, failed() {} }),
  warn() {},
};

/** What the environment does not say: beside a running instance, in a pool of 6 GiB. */
export function testConfig(environment: Record<string, string | undefined> = process.env) {
  const config = readConfig({
    ...environment,
    DRYDOCK_DATA: environment['DRYDOCK_DATA'] ?? '/var/lib/drydock-test',
    DRYDOCK_POOL_MB: environment['DRYDOCK_POOL_MB'] ?? '6144',
  });
  // Tests listen where they like: no port must be free for them. Who keeps no house has no front for a mirror.
  return { ...config, port: 0, pullThrough: null };
}

export function openTestHost(report: Report = silentReport): Promise<Host> {
  return setUp(testConfig(), report);
}
