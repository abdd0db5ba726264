/** Finds and stops the server of an instance, and the launcher that keeps it up. */
import { readFile, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endProcess, listProcesses, type HostProcess } from './processes.ts';
import { DEFAULT_DATA_DIRECTORY } from './slot.ts';

const SERVER_END_MS = 20_000;
/** The launcher's commands that keep a server up. */
const SERVING = ['main', 'dev'];

/** The supervisor first, or it would start the server again. */
export async function stopServer(dataDirectory: string): Promise<void> {
  for (const script of ['server/commands/launch.mjs', 'server/main.ts'])
    for (const { pid } of await serverProcesses(dataDirectory, script)) await endProcess(pid, SERVER_END_MS);
}

/** Found by what they are: the file with the server's pid may be missing, or name another process by now. */
async function serverProcesses(dataDirectory: string, script: string): Promise<HostProcess[]> {
  const found: HostProcess[] = [];
  for (const entry of await listProcesses()) {
    const at = entry.command.findIndex((argument) => `/${argument}`.endsWith(`/${script}`));
    if (at < 1 || (script.endsWith('launch.mjs') && !SERVING.includes(entry.command[at + 1] ?? ''))) continue;
    if (await serves(entry.pid, dataDirectory, { script, argument: entry.command[at]! })) found.push(entry);
  }
  return found;
}

/** It names our data directory, or it names none, which means the usual one, and is of this very checkout. */
async function serves(
  pid: number,
  dataDirectory: string,
  at: { script: string; argument: string },
): Promise<boolean> {
  // Gone meanwhile: nothing to stop.
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  const named = environment.split('\0').find((entry) => entry.startsWith('DRYDOCK_DATA='));
  if (named) return resolve(directory, named.slice('DRYDOCK_DATA='.length)) === dataDirectory;
  const checkout = resolve(import.meta.dirname, '../..');
  const same = resolve(directory, at.argument) === join(checkout, at.script);
  return same && dataDirectory === DEFAULT_DATA_DIRECTORY;
}
