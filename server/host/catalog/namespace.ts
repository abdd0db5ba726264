/** Runs build steps where their mounts and processes cannot outlive them, even when this process is killed. */
import { run, type CommandResult } from '../run.ts';

/** An unreachable mirror must not hold set-up for ever. */
const STEP_LIMIT_MS = 10 * 60_000;

/**
 * In new mount and process namespaces: when the first process in them ends, the kernel ends all others and drops
 * every mount (pid_namespaces(7), mount_namespaces(7)). The death signal covers a kill -9 of our own process.
 */
export function runInNamespace(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const wrapped = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child', command];
  return run('setpriv', [...wrapped, ...args], { env, timeoutMs: STEP_LIMIT_MS });
}
