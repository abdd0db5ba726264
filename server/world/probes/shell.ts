/** Runs an author's script in the machine. It comes by standard input, so that neither disk nor process list shows it. */
import type { ShellFinding, ShellProbe } from './contract.ts';
import { run, RUN_MS, type Reach } from './reach.ts';

const MAX_BYTES = 64 * 1024;
/** Takes the script whole before it begins: a command in it that reads its input must not eat the rest. */
const EVALUATE = 'script=$(cat); exec </dev/null; eval "$script"';
/** What `timeout` ends with when the time is over. */
const TIMED_OUT = [124, 137];

export async function runScript(reach: Reach, probe: ShellProbe): Promise<ShellFinding | null> {
  const seconds = String(RUN_MS / 1_000);
  const command = ['timeout', '-k', '0.5', seconds, 'bash', '-c', EVALUATE];
  const { code, stdout } = await run(reach, command, { input: probe.script, maxBytes: MAX_BYTES });
  return TIMED_OUT.includes(code) ? null : { exitCode: code, stdout };
}
