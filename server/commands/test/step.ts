/** One step of a check or test run: a child process, its output shown as it comes, and what it counted. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

export type Count = { passed: number; failed: number };

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
  if (!step.results) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const count = await readCount(step.results);
  return code === 0 || count.failed > 0 ? count : { ...count, failed: count.failed + 1 };
}

async function readCount(results: NonNullable<Step['results']>): Promise<Count> {
  try {
    return results.read(JSON.parse(await readFile(results.file, 'utf8')));
  } catch (error) {
    process.stdout.write(`no results in ${results.file}: ${String(error)}\n`);
    return { passed: 0, failed: 1 };
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

type VitestResults = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

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
    results: {
      file: options.resultsFile,
      read: (json) => {
        const results = json as VitestResults;
        // A file that failed before its first test holds no failed test: count the file.
        const broken = results.testResults.filter(
          (file) => file.status === 'failed' && file.assertionResults.length === 0,
        );
        return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length };
      },
    },
  };
}
