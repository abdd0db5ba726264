/** What an instance leaves on a host while it lives; after a purge all of it must be gone. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** @returns one line for every mount, loop device, link, firewall table, process or file of this instance. */
export async function findTraces(instance: {
  dataDirectory: string;
  slot: number | null;
}): Promise<string[]> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n');
  const loops = (
    await execute('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE'])
  ).stdout.split('\n');
  const lines = [
    ...mounts.filter((line) => line.includes(instance.dataDirectory)).map((line) => `mount: ${line}`),
    ...loops.filter((line) => line.includes(instance.dataDirectory)).map((line) => `loop device: ${line}`),
    ...(await listProcesses(instance.dataDirectory)),
    ...(await listFiles(instance.dataDirectory)),
  ];
  if (instance.slot === null) return lines;
  const links = (await execute('ip', ['-o', 'link'])).stdout.split('\n');
  const tables = (await execute('nft', ['list', 'tables'])).stdout.split('\n');
  return [
    ...lines,
    ...links.filter((line) => line.includes(`dd${instance.slot}`)).map((line) => `link: ${line}`),
    ...tables.filter((line) => line.endsWith(`drydock_${instance.slot}`)).map((line) => `firewall: ${line}`),
  ];
}

async function listProcesses(dataDirectory: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // A process may end while we look: then it is no trace.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const directory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (command.includes(dataDirectory) || directory.startsWith(dataDirectory)) {
      found.push(`process: ${pid} ${command.replaceAll('\0', ' ')}`);
    }
  }
  return found;
}

async function listFiles(dataDirectory: string): Promise<string[]> {
  const names = await readdir(dataDirectory).catch(() => null);
  return names === null ? [] : [`files: ${dataDirectory}: ${names.join(' ')}`];
}
