/** One step of a check or test run: a child process, its output shown as it comes, and what it counted. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readVitest, type Count } from './results.ts';

export const ROOT = join(import.meta.dirname, '../../..');

export type Step = {
  title: string;
  command: readonly string[];
  env?: Record<string, string>;
  /** Where the runner writes its results as JSON; without it, the step counts as one check. */
  results?: { file: string; read: (json: unknown) => Count };
};

/** Runs a step to its end. A runner that dies without results counts as one failure. */
export async function runStep(step: Step): Promise<Count> {
  if (step.results) await rm(step.results.file, { force: true });
  const code = await run(step.command, step.env);
  if (!step.results) return code === 0 ? { passed: 1, failed: 0, failures: [] } : failedWith(code);
  const count = await readCount(step.results);
  if (code === 0 || count.failed > 0) return count;
  return { ...count, ...failedWith(code), passed: count.passed };
}

const failedWith = (code: number): Count => ({
  passed: 0,
  failed: 1,
  failures: [`ended with exit code ${code}`],
});

async function readCount(results: NonNullable<Step['results']>): Promise<Count> {
  try {
    return results.read(JSON.parse(await readFile(results.file, 'utf8')));
  } catch (error) {
    return { passed: 0, failed: 1, failures: [`no results in ${results.file}: ${String(error)}`] };
  }
}

/** @returns the exit code; 1 when a signal ended it. */
export function run(command: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const [program, ...rest] = command;
  if (!program) throw new Error('invariant: a step has a command');
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The path of a tool that npm installed. */
export function tool(name: string): string {
  return join(ROOT, 'node_modules/.bin', name);
}

export function vitestStep(
  title: string,
  project: 'unit' | 'engine',
  options: { files?: string[]; resultsFile: string },
): Step {
  return {
    title,
    command: [
      tool('vitest'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${options.resultsFile}`,
      ...(options.files ?? []),
    ],
    results: { file: options.resultsFile, read: readVitest },
  };
}
