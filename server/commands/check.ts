/** `npm run check`: format, lint, types, lessons, unit tests and the house's rules, in under a minute. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSteps } from './test/checks.ts';
import { runAll, summarize } from './test/report.ts';

const write = (line: string) => void process.stdout.write(`${line}\n`);
const results = await mkdtemp(join(tmpdir(), 'drydock-check-'));
try {
  process.exitCode = summarize(await runAll(checkSteps(results), write), write);
} finally {
  await rm(results, { recursive: true, force: true });
}
