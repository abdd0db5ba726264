/** Runs a lesson's own script in a machine before its learner sees it: it lays what an incident has to be found by. */
import type { Engine, MachineRef } from '../engine/contract.ts';
import { SandboxError } from './contract.ts';

const TIMEOUT_MS = 60_000;
const OUTPUT_MAX_BYTES = 64 * 1024;
/** Of what it said, so much goes into the log. */
const LAST_WORDS = 500;

/**
 * As root, in /root, with the machine's engine up. The script comes by standard input and lives in a variable: it is
 * neither on the disk nor in the list of processes, and programs in it find an empty input instead of its next lines.
 * The first command that fails ends it.
 * @throws SandboxError `sandbox_not_ready` with what it said last
 */
export async function runSetupScript(
  engine: Pick<Engine, 'run'>,
  ref: MachineRef,
  script: string,
): Promise<void> {
  const { code, stdout, stderr } = await engine
    .run(ref, {
      command: ['bash', '-c', 'cd; set -eu -o pipefail; script=$(cat); eval "$script"'],
      input: script,
      asLearner: true,
      timeoutMs: TIMEOUT_MS,
      maxBytes: OUTPUT_MAX_BYTES,
    })
    .catch((error: Error) => {
      throw notSetUp(ref, `could not be run: ${error.message}`, error);
    });
  if (code !== 0) throw notSetUp(ref, `ended with ${code}: ${lastWords(stderr) || lastWords(stdout)}`);
}

function notSetUp(ref: MachineRef, why: string, cause?: Error): SandboxError {
  return new SandboxError('sandbox_not_ready', `The set-up script of ${ref.machine} ${why}`, { cause });
}

function lastWords(text: string): string {
  return text.trim().slice(-LAST_WORDS);
}
