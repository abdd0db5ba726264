/** `npm run down`: stops server, machines and engine; with `--purge`, removes every trace of the instance. */
import { readFile, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { removeServiceGuard } from '../host/packages.ts';
import { checkRoot } from '../host/preflight.ts';
import { endProcess, listProcesses, type HostProcess } from '../host/processes.ts';
import { terminalReport } from '../host/progress.ts';
import { DEFAULT_DATA_DIRECTORY } from '../host/slot.ts';
import { tearDown } from '../host/tear-down.ts';

const SERVER_END_MS = 20_000;
/** The launcher's commands that keep a server up. */
const SERVING = ['main', 'dev'];

const report = terminalReport(process.stderr);
try {
  const purge = parseArguments(process.argv.slice(2));
  checkRoot();
  const config = readConfig(process.env);
  await stopServer(config);
  await tearDown({ ...config, purge }, report);
  if (purge) await removeServiceGuard();
  report.finish(
    purge
      ? `Nothing is left of ${config.dataDirectory}.`
      : `Stopped. The data is in ${config.dataDirectory}.`,
  );
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
}

function parseArguments(given: string[]): boolean {
  const unknown = given.find((argument) => argument !== '--purge');
  if (unknown !== undefined) throw new Error(`"${unknown}" is no option of down; there is --purge.`);
  return given.includes('--purge');
}

/** The supervisor first, or it would start the server again. */
async function stopServer(config: Config): Promise<void> {
  for (const script of ['server/commands/launch.mjs', 'server/main.ts'])
    for (const { pid } of await serverProcesses(config, script)) await endProcess(pid, SERVER_END_MS);
}

/** Found by what they are: the file with the server's pid may be missing, or name another process by now. */
async function serverProcesses(config: Config, script: string): Promise<HostProcess[]> {
  const found: HostProcess[] = [];
  for (const entry of await listProcesses()) {
    const at = entry.command.findIndex((argument) => `/${argument}`.endsWith(`/${script}`));
    if (at < 1 || (script.endsWith('launch.mjs') && !SERVING.includes(entry.command[at + 1] ?? ''))) continue;
    if (await serves(entry.pid, config, { script, argument: entry.command[at]! })) found.push(entry);
  }
  return found;
}

/** It names our data directory, or it names none, which means the usual one, and is of this very checkout. */
async function serves(
  pid: number,
  config: Config,
  at: { script: string; argument: string },
): Promise<boolean> {
  // Gone meanwhile: nothing to stop.
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  const named = environment.split('\0').find((entry) => entry.startsWith('DRYDOCK_DATA='));
  if (named) return resolve(directory, named.slice('DRYDOCK_DATA='.length)) === config.dataDirectory;
  const checkout = resolve(import.meta.dirname, '../..');
  const same = resolve(directory, at.argument) === join(checkout, at.script);
  return same && config.dataDirectory === DEFAULT_DATA_DIRECTORY;
}
