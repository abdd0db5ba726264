/**
 * `npm run prove [-- course/lesson] [--rounds N] [--results FILE]`: every lesson, in real machines: fails before, passes
 * after, wrong attempts answered; twice in a row unless told otherwise. An instance named by DRYDOCK_DATA is used and left
 * as it is; else one of our own is made and stopped afterwards.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { terminalReport } from '#server/host/progress.ts';
import { setUp } from '#server/host/set-up.ts';
import { testConfig } from '#server/host/testing/test-host.ts';
import { systemClock } from '#server/lib/clock.ts';
import { createLog } from '#server/lib/log.ts';
import type { LessonDefinition } from '#server/lessons/contract.ts';
import { LessonError } from '#server/lessons/problem.ts';
import { openHouse, type House } from './house.ts';
import { casesOf, type Case, type Outcome } from './prove/cases.ts';
import { guestMaker } from './prove/guests.ts';
import { problems, table, type LessonRow } from './prove/report.ts';
import { takeServingLock } from './serving-lock.ts';
import { run } from './test/step.ts';

const ROUNDS = '2';
/** Sandboxes that are proven in at the same time. */
const AT_ONCE = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { results: { type: 'string' }, rounds: { type: 'string', default: ROUNDS } },
});
const ownInstance = process.env.DRYDOCK_DATA === undefined;
/** An instance of our own takes machine image and catalog from where `npm start` leaves them. */
const environment = {
  ...process.env,
  ...(ownInstance && {
    DRYDOCK_DATA: '/var/lib/drydock-prove',
    DRYDOCK_ARTIFACTS: process.env.DRYDOCK_ARTIFACTS ?? '/var/lib/drydock/artifacts',
  }),
};
/** Learners of the proofs are nobody's: they live in a database of their own, for as long as this runs. */
const DATABASE = 'prove.db';
const write = (line: string) => void process.stdout.write(`${line}\n`);
const report = terminalReport(process.stderr);

try {
  const rows = await prove();
  const checks = rows.flatMap((row) => row.checks);
  const wrong = problems(checks);
  for (const line of ['', ...table(rows), '', ...wrong]) write(line);
  const count = { passed: checks.length - wrong.length, failed: wrong.length };
  write(`${count.passed} passed, ${count.failed} failed`);
  if (values.results) await writeFile(values.results, JSON.stringify({ ...count, failures: wrong }));
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
} finally {
  if (ownInstance) await run([process.execPath, 'server/commands/down.ts'], environment);
}

async function prove(): Promise<LessonRow[]> {
  const config = testConfig(environment);
  const log = createLog({ level: config.logLevel === 'info' ? 'warn' : config.logLevel });
  using open = new DisposableStack();
  open.use(await takeServingLock(config.dataDirectory));
  const host = await setUp(config, report);
  await removeDatabase(config.dataDirectory);
  try {
    await using house = await openHouse({ config, host, clock: systemClock, log, database: DATABASE });
    const newGuest = guestMaker(house, log);
    const lessons = wanted(house);
    const rows = lessons.map(({ key }): LessonRow => ({
      lesson: `${key.course}/${key.lesson}`,
      checks: [],
      figures: [],
    }));
    for (let round = 1; round <= Number(values.rounds); round++) {
      const cases = lessons.flatMap((lesson) => casesOf(lesson, { house, newGuest }));
      await runAll(cases, (one, outcome, seconds) => {
        const row = rows.find(({ lesson }) => lesson === one.lesson)!;
        row.checks.push(
          ...outcome.checks.map((check) => ({ ...check, name: `${check.name} (round ${round})` })),
        );
        if (outcome.figures) row.figures.push(outcome.figures);
        const mark = outcome.checks.every(({ problem }) => problem === null) ? '✓' : '✗';
        write(`${mark} round ${round}  ${one.lesson}  ${one.name}  ${seconds.toFixed(1)} s`);
      });
    }
    await house.sandboxes.settled();
    return rows;
  } finally {
    await removeDatabase(config.dataDirectory);
  }
}

async function removeDatabase(directory: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm'])
    await rm(join(directory, `${DATABASE}${ending}`), { force: true });
}

function wanted(house: House): LessonDefinition[] {
  const [name] = positionals;
  const all = house.lessons.all();
  const broken = house.lessons
    .broken()
    .filter(({ key }) => name === undefined || key.lesson === name || `${key.course}/${key.lesson}` === name);
  if (broken.length > 0) throw new LessonError(broken.flatMap(({ problems }) => problems));
  const found =
    name === undefined
      ? all
      : all.filter(({ key }) => `${key.course}/${key.lesson}` === name || key.lesson === name);
  if (found.length > 0) return found;
  const names = all.map(({ key }) => `${key.course}/${key.lesson}`).join(', ');
  throw new Error(`There is no lesson ${name}. The lessons are: ${names}`);
}

/** A case that breaks down fails as one check; the others go on. */
async function runAll(
  cases: readonly Case[],
  ended: (one: Case, outcome: Outcome, seconds: number) => void,
): Promise<void> {
  const waiting = [...cases];
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const started = performance.now();
      const outcome = await one.run().catch(brokenDown(one));
      ended(one, outcome, (performance.now() - started) / 1000);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function brokenDown({ lesson, name }: Case): (error: Error) => Outcome {
  return (error) => ({ checks: [{ lesson, name, problem: error.message }], figures: null });
}
