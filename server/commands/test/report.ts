/** Says what runs, how long it took and what came of it; the last line is the sum. */
import type { Count } from './results.ts';
import { runStep, type Step } from './step.ts';

export type Outcome = Count & { title: string; seconds: number };

/** Runs the steps in order, until `isStopped`. */
export async function runAll(
  steps: readonly Step[],
  write: (line: string) => void,
  isStopped: () => boolean = () => false,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, step] of steps.entries()) {
    if (isStopped()) break;
    write(`\n── ${index + 1}/${steps.length} ${step.title}`);
    const started = performance.now();
    const count = await runStep(step);
    const seconds = (performance.now() - started) / 1000;
    outcomes.push({ title: step.title, seconds, ...count });
    write(`── ${step.title}: ${count.passed} passed, ${count.failed} failed (${seconds.toFixed(1)} s)`);
  }
  return outcomes;
}

/** Prints the table, what failed, and the closing line. @returns the exit code. */
export function summarize(outcomes: readonly Outcome[], write: (line: string) => void): number {
  write('');
  for (const { title, passed, failed, seconds } of outcomes) {
    write(
      `${failed ? '✗' : '✓'} ${title.padEnd(24)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(8)} s`,
    );
  }
  const failures = outcomes.flatMap(({ title, failures }) => failures.map((name) => `  ${title}: ${name}`));
  // Its own words stand far above by now.
  if (failures.length > 0) for (const line of ['\nWhat failed:', ...failures]) write(line);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  write(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
