/** The host's hand on a machine's control groups: hand over, thaw, and read what is used. */
import { chown, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineGroups } from './cgroup-paths.ts';

/** Groups that a tenant may make on v2; without a bound 300 were made in one go. */
const DESCENDANTS_MAX = 500;
const DEPTH_MAX = 8;
/** Groups looked at when thawing: v1 knows no bound, so we bring our own. */
const THAW_MAX = 2000;
/** Where the kernel does not say what may be delegated (cgroups(7), before 4.15). */
const DELEGATE_DEFAULT = ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'];

/** Lets the machine's root make groups below its own. Never the limit files: they stay the host's. */
export async function handOver(groups: MachineGroups, uid: number): Promise<void> {
  if (groups.version === 2) return handOverUnified(groups.directories[0]!.path, uid);
  // The init goes on when it sees pids and memory: they come last.
  const order = groups.directories.toSorted((a, b) => Number(isAwaited(a)) - Number(isAwaited(b)));
  for (const { path } of order) {
    for (const file of ['cgroup.procs', 'tasks']) await chown(join(path, file), uid, uid);
    await chown(path, uid, uid);
  }
}

function isAwaited(directory: { controllers: string[] }): boolean {
  return directory.controllers.some((name) => name === 'pids' || name === 'memory');
}

async function handOverUnified(path: string, uid: number): Promise<void> {
  await writeFile(join(path, 'cgroup.max.descendants'), String(DESCENDANTS_MAX));
  await writeFile(join(path, 'cgroup.max.depth'), String(DEPTH_MAX));
  const delegate = await readFile('/sys/kernel/cgroup/delegate', 'utf8').then(
    (text) => text.trim().split(/\s+/),
    () => DELEGATE_DEFAULT,
  );
  for (const file of delegate) {
    if (file === 'memory.oom.group') continue;
    await chownIfThere(join(path, file), uid);
  }
  // runc's systemd driver hands this one over too; with it a tenant turns one OOM into the machine's death.
  await chownIfThere(join(path, 'memory.oom.group'), 0);
  // The init waits for the directory: it comes last.
  await chown(path, uid, uid);
}

async function chownIfThere(path: string, uid: number): Promise<void> {
  try {
    await chown(path, uid, uid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Thaws every group of the machine: a tenant can freeze its own, and then nothing in it starts or ends. */
export async function thaw(groups: MachineGroups): Promise<void> {
  const freezer = groups.directories.find(
    ({ controllers }) => groups.version === 2 || controllers.includes('freezer'),
  );
  if (!freezer) return;
  const [file, word] = groups.version === 2 ? ['cgroup.freeze', '0'] : ['freezer.state', 'THAWED'];
  const waiting = [freezer.path];
  for (let looked = 0; looked < THAW_MAX; looked++) {
    const path = waiting.shift();
    if (path === undefined) return;
    await ignoreVanished(writeFile(join(path, file!), word!));
    const children = await ignoreVanished(readdir(path, { withFileTypes: true }));
    for (const child of children ?? []) if (child.isDirectory()) waiting.push(join(path, child.name));
  }
}

/** Groups come and go while we walk through them. */
async function ignoreVanished<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENODEV', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Memory as `docker stats` counts it (without page cache that can go at once), and processes. */
export async function readUse(groups: MachineGroups): Promise<{ memoryBytes: number; pids: number }> {
  const directory = (controller: string) =>
    groups.version === 2
      ? groups.directories[0]!.path
      : groups.directories.find(({ controllers }) => controllers.includes(controller))?.path;
  const memory = directory('memory');
  const pids = directory('pids');
  if (!memory || !pids) throw new Error('the machine has no memory or pids group');
  const [current, inactive] =
    groups.version === 2
      ? ['memory.current', 'inactive_file']
      : ['memory.usage_in_bytes', 'total_inactive_file'];
  const [used, stat, processes] = await Promise.all([
    readFile(join(memory, current!), 'utf8'),
    readFile(join(memory, 'memory.stat'), 'utf8'),
    readFile(join(pids, 'pids.current'), 'utf8'),
  ]);
  const reclaimable = Number(new RegExp(`^${inactive} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  return { memoryBytes: Math.max(0, Number(used) - reclaimable), pids: Number(processes) };
}

/** True while the process is in a group of this container: asked before a signal is sent to it. */
export async function isInContainer(pid: number, containerId: string): Promise<boolean> {
  const text = await ignoreVanished(readFile(`/proc/${pid}/cgroup`, 'utf8'));
  return text?.includes(containerId) ?? false;
}
