/** The server dies; the learner hardly notices. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './story/learner.ts';

const DATA = process.env.DRYDOCK_DATA ?? '/var/lib/drydock-test';

test('killed with -9, the server is back with everything within 2 s of its restart', async ({
  learner,
  baseURL,
}) => {
  const { page, screen } = learner;
  await learner.opensPlayground();
  const shell = await screen.asks('before', '$$');
  await screen.runs('(until [ -e /tmp/go ]; do sleep 0.1; done; seq 1 1000; echo counted""-all) &');
  const pid = Number(await readFile(join(DATA, 'server.pid'), 'utf8'));
  await page.request.get('/api/health');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isUp(`${baseURL}/api/health`), { intervals: [20] }).toBe(false);
  const restarted = performance.now();
  await expect.poll(() => isUp(`${baseURL}/api/health`), { intervals: [20], timeout: 20_000 }).toBe(true);
  await screen.runs('touch /tmp/go');
  await screen.sees('counted-all', { timeout: 10_000 });
  expect(performance.now() - restarted).toBeLessThan(2000);
  expect(await screen.asks('after', '$$')).toBe(shell);
  const text = await screen.text();
  expect(text).toMatch(/\n1\n2\n3\n/);
  expect(text).toContain('\n999\n1000\n');
});

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
