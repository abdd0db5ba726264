/** `npm test`: sets up an instance of its own, runs every kind of test against it, and removes it again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSteps } from './test/checks.ts';
import { runAll, summarize } from './test/report.ts';
import { readPlaywright, type Count } from './test/results.ts';
import { ROOT, run, tool, vitestStep, type Step } from './test/step.ts';

const write = (line: string) => void process.stdout.write(`${line}\n`);
const keep = process.argv.includes('--keep');
const results = await mkdtemp(join(tmpdir(), 'drydock-test-'));
const port = await freePort();

/** The tests' own instance: beside a running product, never in its place. */
const instance = {
  DRYDOCK_DATA: process.env.DRYDOCK_DATA ?? '/var/lib/drydock-test',
  DRYDOCK_POOL_MB: process.env.DRYDOCK_POOL_MB ?? '8192',
  PORT: String(port),
};

const node = process.execPath;
const inInstance = (title: string, command: string[], rest: Partial<Step> = {}): Step => ({
  ...rest,
  title,
  command,
  env: { ...instance, ...rest.env },
});

const steps: Step[] = [
  ...checkSteps(results),
  inInstance('set-up', [node, 'server/commands/test/set-up.ts']),
  { ...vitestStep('engine tests', 'engine', { resultsFile: join(results, 'engine.json') }), env: instance },
  // One round: `npm run prove` does two in a row, which would take as long again.
  inInstance(
    'lesson proofs',
    [node, 'server/commands/prove.ts', '--rounds', '1', '--results', join(results, 'prove.json')],
    { results: { file: join(results, 'prove.json'), read: (json) => json as Count } },
  ),
  inInstance('browser tests', [tool('playwright'), 'test', '--config', 'e2e/playwright.config.ts'], {
    env: {
      // Its own lessons first; whole lessons of the product are walked through as well.
      DRYDOCK_CONTENT: [join(ROOT, 'e2e/content'), join(ROOT, 'content')].join(':'),
      E2E_URL: `http://localhost:${port}`,
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'e2e.json'),
    },
    results: { file: join(results, 'e2e.json'), read: readPlaywright },
  }),
];
const tidy: Step = inInstance('nothing left behind', [node, 'server/commands/test/tidy.ts']);

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));

try {
  const outcomes = await runAll(steps, write, () => stopped);
  if (!keep) outcomes.push(...(await runAll([tidy], write)));
  process.exitCode = stopped ? 130 : summarize(outcomes, write);
} finally {
  if (!keep) await run([node, 'server/commands/down.ts', '--purge'], instance);
  await rm(results, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      if (address === null || typeof address === 'string')
        throw new Error('invariant: a TCP server has a port');
      probe.close(() => resolve(address.port));
    });
  });
}
