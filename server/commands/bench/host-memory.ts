/**
 * Host memory that an instance's machines hold, summed from what is charged to them, so that the host need not be quiet.
 *
 * Counted:
 * - inside: all that is charged to a machine's control group: memory of its own (anon), tmpfs, and what the kernel keeps
 *   for it (stacks, page tables, slab, also the part of slab that could be dropped);
 * - beside: the same of the group in which the instance's daemons are put here: the shim that the outer engine keeps for
 *   each machine, all that daemons grow by, and the kernel memory of networks that they make;
 * - in both, pages of files that processes have mapped, by PSS: what several share, such as a program's code, counts once.
 *
 * Not counted: page cache that nobody has mapped, which goes as soon as somebody needs the room, and the little that
 * the kernel charges to no group.
 *
 * MemAvailable would be simpler, but tells of the whole host, and since Linux 6.7 processors keep up to hundreds of
 * megabytes of free pages in lists of their own, which it takes for used.
 */
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locateGroups, parseMounts, type CgroupMount } from '#server/engine/local/cgroup-paths.ts';

const KIB = 1024;

export type MachineMemory = { insideBytes: number; besideBytes: number };

type Process = { pid: number; command: string[]; groups: string };

/** Open while it is measured: the daemons' memory counts from here on. */
export class MemoryMeter implements AsyncDisposable {
  readonly #dataDirectory: string;
  readonly #mounts: CgroupMount[];
  readonly #memory: CgroupMount;
  readonly #group: string;
  #cameFrom = '';

  private constructor(dataDirectory: string, mounts: CgroupMount[]) {
    this.#dataDirectory = dataDirectory;
    this.#mounts = mounts;
    this.#memory = mounts.find(hasMemory)!;
    this.#group = join(this.#memory.mountPoint, `drydock-bench-${process.pid}`);
  }

  static async open(dataDirectory: string): Promise<MemoryMeter> {
    const mounts = parseMounts(await readFile('/proc/self/mountinfo', 'utf8'));
    // Where both kinds are mounted, memory belongs to v1.
    const meter = new MemoryMeter(
      dataDirectory,
      mounts.toSorted((a, b) => a.version - b.version),
    );
    await meter.#gather();
    return meter;
  }

  async read(): Promise<MachineMemory> {
    const processes = await listProcesses();
    const shims = processes.filter((one) => this.#isOurs(one) && containerOfShim(one.command) !== null);
    let insideBytes = 0;
    for (const shim of shims) {
      const id = containerOfShim(shim.command)!;
      const inside = processes.filter(({ groups }) => groups.includes(id));
      if (inside.length === 0) continue;
      insideBytes += await this.#charged(this.#groupOf(inside[0]!, id));
      for (const { pid } of inside) insideBytes += await mappedFileBytes(pid);
    }
    let besideBytes = await this.#charged(this.#group);
    for (const { pid } of shims) besideBytes += await mappedFileBytes(pid);
    return { insideBytes, besideBytes };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pids = (await readFile(join(this.#group, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean);
    for (const pid of pids) await enter(this.#cameFrom, Number(pid));
    await rmdir(this.#group);
  }

  /** Puts the daemons into a group of their own; what they start later is born in it. */
  async #gather(): Promise<void> {
    const daemons = (await listProcesses()).filter((one) => this.#isOurs(one));
    if (daemons.length === 0) throw new Error(`no daemon of ${this.#dataDirectory} is running`);
    this.#cameFrom = this.#pathOf(daemons[0]!);
    if (this.#memory.version === 2)
      await writeFile(join(this.#memory.mountPoint, 'cgroup.subtree_control'), '+memory');
    await mkdir(this.#group);
    for (const { pid } of daemons) await enter(this.#group, pid);
  }

  /** Daemons and shims bear the instance's directory on their command lines. */
  #isOurs({ command }: Process): boolean {
    return command.some((part) => part.includes(`${this.#dataDirectory}/`));
  }

  #pathOf({ groups }: Process): string {
    const line = groups.split('\n').find((one) => {
      const controllers = one.split(':')[1]!;
      return this.#memory.version === 2 ? controllers === '' : controllers.split(',').includes('memory');
    });
    return join(this.#memory.mountPoint, line!.split(':')[2]!);
  }

  #groupOf({ groups }: Process, id: string): string {
    const found = locateGroups(groups, id, this.#mounts);
    const directory = found?.directories.find(
      ({ controllers }) => found.version === 2 || controllers.includes('memory'),
    );
    if (!directory) throw new Error(`invariant: container ${id} has a memory group`);
    return directory.path;
  }

  async #charged(group: string): Promise<number> {
    const stat = await readFile(join(group, 'memory.stat'), 'utf8');
    if (this.#memory.version === 2) return chargedBytes(stat);
    return chargedBytesLegacy(stat, await readFile(join(group, 'memory.kmem.usage_in_bytes'), 'utf8'));
  }
}

function hasMemory({ version, controllers }: CgroupMount): boolean {
  return version === 2 || controllers.includes('memory');
}

/** cgroup v2 (kernel doc, cgroup-v2.rst, Linux ≥ 5.18): children are in the sums. */
export function chargedBytes(stat: string): number {
  return statField(stat, 'anon') + statField(stat, 'shmem') + statField(stat, 'kernel');
}

/** cgroup v1: fields of memory.stat that begin with `total_` have the children in their sums. */
export function chargedBytesLegacy(stat: string, kernelBytes: string): number {
  return statField(stat, 'total_rss') + statField(stat, 'total_shmem') + Number(kernelBytes);
}

function statField(stat: string, name: string): number {
  const match = new RegExp(`^${name} (\\d+)$`, 'm').exec(stat);
  if (!match) throw new Error(`invariant: memory.stat has ${name}`);
  return Number(match[1]);
}

/** The container's id, where the command is that of a containerd shim. */
export function containerOfShim(command: readonly string[]): string | null {
  if (!command[0]?.includes('containerd-shim')) return null;
  return command[command.indexOf('-id') + 1]?.match(/^[0-9a-f]{64}$/)?.[0] ?? null;
}

async function mappedFileBytes(pid: number): Promise<number> {
  const rollup = await readOf(pid, 'smaps_rollup');
  // Gone meanwhile.
  if (rollup === '') return 0;
  return Number(/^Pss_File:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * KIB;
}

async function listProcesses(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(
    pids.map(async (pid) => {
      const [command, groups] = await Promise.all([readOf(pid, 'cmdline'), readOf(pid, 'cgroup')]);
      return { pid, command: command.split('\0'), groups };
    }),
  );
  // Threads of the kernel have no command line.
  return all.filter(({ command }) => command[0] !== '');
}

/** Empty for a process that is gone. */
async function readOf(pid: number, file: string): Promise<string> {
  return (await unlessGone(readFile(`/proc/${pid}/${file}`, 'utf8'))) ?? '';
}

async function enter(group: string, pid: number): Promise<void> {
  await unlessGone(writeFile(join(group, 'cgroup.procs'), String(pid)));
}

async function unlessGone<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
