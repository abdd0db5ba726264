/** `npm run attack`: the isolation and abuse suite, run against real machines of the tests' own instance. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAll, summarize } from './test/report.ts';
import { vitestStep, type Step } from './test/step.ts';

const write = (line: string) => void process.stdout.write(`${line}\n`);
const results = await mkdtemp(join(tmpdir(), 'drydock-attack-'));
const env = { DRYDOCK_DATA: process.env.DRYDOCK_DATA ?? '/var/lib/drydock-test' };
const steps: Step[] = [
  { title: 'set-up', command: [process.execPath, 'server/commands/test/set-up.ts'], env },
  {
    ...vitestStep('attacks', 'engine', { files: ['attack'], resultsFile: join(results, 'attack.json') }),
    env,
  },
];
try {
  process.exitCode = summarize(await runAll(steps, write), write);
} finally {
  if (!process.argv.includes('--keep'))
    await runAll(
      [{ title: 'purge', command: [process.execPath, 'server/commands/down.ts', '--purge'], env }],
      write,
    );
  await rm(results, { recursive: true, force: true });
}
