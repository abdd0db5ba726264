/** The server dies; the learner hardly notices. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './story/learner.ts';

const DATA = process.env.DRYDOCK_DATA ?? '/var/lib/drydock-test';

test('killed with -9, the server is back with everything within 2 s of its restart', async ({ learner }) => {
  const { screen } = learner;
  await learner.opensPlayground();
  const shell = await screen.asks('before', '$$');
  await screen.runs('(until [ -e /tmp/go ]; do sleep 0.1; done; seq 1 1000; echo counted""-all) &');
  await screen.sees(/\[1\] \d+/);
  const pid = await readPid();
  process.kill(pid!, 'SIGKILL');
  const isAnother = async () => ![pid, null].includes(await readPid());
  await expect.poll(isAnother, { intervals: [10], timeout: 20_000 }).toBe(true);
  const restarted = performance.now();
  await screen.runs('touch /tmp/go');
  await screen.sees('counted-all', { timeout: 10_000, intervals: [10] });
  expect(performance.now() - restarted).toBeLessThan(2000);
  expect(await screen.asks('after', '$$')).toBe(shell);
  const counted = Array.from({ length: 999 }, (_, index) => index + 2).join('\n');
  expect(await screen.text()).toContain(`\n${counted}\n`);
});

/** A new server writes its own as the first thing it does; in between there may be none. */
async function readPid(): Promise<number | null> {
  const text = await readFile(join(DATA, 'server.pid'), 'utf8').catch(() => '');
  return /^\d+/.test(text) ? Number.parseInt(text, 10) : null;
}
