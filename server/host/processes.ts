/** Finds and ends processes of ours on the host by what they are, never by a number that another may have taken over. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type HostProcess = { pid: number; command: string[] };

/**
 * Processes of the host proper. A learner's program can call itself whatever it likes, but it lives in a user
 * namespace that is not ours.
 */
export async function listProcesses(): Promise<HostProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return (await Promise.all(pids.map(readProcess))).filter((entry) => entry !== null);
}

async function readProcess(pid: number): Promise<HostProcess | null> {
  // Gone meanwhile, or a thread of the kernel: nothing of ours.
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (text === '') return null;
  const namespace = await readlink(`/proc/${pid}/ns/user`).catch(() => '');
  if (namespace !== (await readlink('/proc/self/ns/user'))) return null;
  return { pid, command: text.replace(/\0$/, '').split('\0') };
}

/**
 * The process that was started with one of these command lines.
 * @param likely where it was last seen: spares looking through all of them.
 */
export async function findOwnProcess(
  commands: string[][],
  likely: number | null = null,
): Promise<number | null> {
  const isOurs = (entry: HostProcess | null) =>
    entry !== null && commands.some((one) => same(entry.command, one));
  if (likely !== null && isOurs(await readProcess(likely))) return likely;
  return (await listProcesses()).find(isOurs)?.pid ?? null;
}

/** The program may show with or without its directory. */
function same(a: string[], b: string[]): boolean {
  return (
    a.length === b.length &&
    basename(a[0]!) === basename(b[0]!) &&
    a.slice(1).every((part, i) => part === b[i + 1])
  );
}

/** Asks it to end, insists after the time-out, and resolves when it is gone. */
export async function endProcess(pid: number, timeoutMs: number): Promise<void> {
  const started = await startTime(pid);
  const lives = async () => started !== null && (await startTime(pid)) === started;
  signal(pid, 'SIGTERM');
  for (const deadline = Date.now() + timeoutMs; (await lives()) && Date.now() < deadline;) await pause(20);
  if (await lives()) signal(pid, 'SIGKILL');
  for (const deadline = Date.now() + timeoutMs; (await lives()) && Date.now() < deadline;) await pause(20);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone already: that is what we wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Null for a process that is gone or only waits to be buried. Fields as in proc_pid_stat(5), after the name in brackets. */
async function startTime(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return !fields || fields[0] === 'Z' ? null : (fields[19] ?? null);
}
