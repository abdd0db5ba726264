/** Runs build steps where their mounts and processes cannot outlive them, even when this process is killed. */
import { run, type CommandResult } from '../run.ts';

/** An unreachable mirror must not hold set-up for ever. */
const STEP_LIMIT_MS = 10 * 60_000;

/** A death signal (prctl(2)) that is asked for after the death never comes: whoever has another parent by then gives up. */
const ENTER = '[ "$PPID" = "$0" ] && exec unshare --mount --pid --fork --kill-child "$@"';

/**
 * In new mount and process namespaces: when the first process in them ends, the kernel ends all others and drops
 * every mount (pid_namespaces(7), mount_namespaces(7)). The death signal covers a kill -9 of our own process.
 */
export function runInNamespace(command: string, args: readonly string[]): Promise<CommandResult> {
  const entered = ['--pdeathsig', 'KILL', '/bin/sh', '-c', ENTER, String(process.pid), command, ...args];
  return run('setpriv', entered, { timeoutMs: STEP_LIMIT_MS });
}
