/** The disks of machines and the golden ones they are copied from: btrfs subvolumes with quotas, or plain directories. */
import { chown, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';

/** What a disk begins with; null: nothing. */
export type DiskOrigin = { golden: string } | { snapshot: string } | null;

/** Bytes that a disk refers to, and how many of them no other disk shares. */
export type DiskUse = { bytes: number; ownBytes: number };

/** How copies are made and bounded on this kind of file system. */
export interface DiskMaker {
  /** An empty disk. */
  make(path: string): Promise<void>;
  /** A copy that can be written; cheap where the file system can. */
  copy(from: string, to: string): Promise<void>;
  /** A copy at one moment of a disk that is being written; null where the file system cannot. */
  freeze: ((from: string, to: string) => Promise<void>) | null;
  limit(path: string, bytes: number): Promise<void>;
  remove(path: string): Promise<void>;
  /** What is in it now; 0 where nobody counts. */
  use(path: string): Promise<DiskUse>;
  /** Ends background work. */
  close(): Promise<void>;
}

/** Without quotas: allowed, but nothing is bounded and copies cost their size. The set-up warns of it loudly. */
export const plainDirectories: DiskMaker = {
  make: async (path) => void (await mkdir(path)),
  copy: async (from, to) => void (await runCommand('cp', ['-a', '--reflink=auto', from, to], 600_000)),
  freeze: null,
  limit: async () => {},
  remove: (path) => rm(path, { recursive: true, force: true }),
  use: async () => ({ bytes: 0, ownBytes: 0 }),
  close: async () => {},
};

/** Directory names of golden disks under way start so; a crash leaves them behind. */
const UNFINISHED = '.';

export class Disks {
  readonly #maker: DiskMaker;
  readonly #machines: string;
  readonly #golden: string;
  readonly #snapshots: string;
  readonly #uid: number;

  constructor(options: { pool: string; uid: number; maker: DiskMaker }) {
    this.#maker = options.maker;
    this.#machines = join(options.pool, 'machines');
    this.#golden = join(options.pool, 'golden');
    this.#snapshots = join(options.pool, 'snapshots');
    this.#uid = options.uid;
  }

  async open(): Promise<void> {
    // Nobody but root looks into disks from the host; machines reach theirs by a bind mount.
    for (const path of [this.#machines, this.#golden, this.#snapshots])
      await mkdir(path, { recursive: true, mode: 0o700 });
  }

  pathOf(name: string): string {
    return join(this.#machines, name);
  }

  /** Makes a machine's disk. Replaces what a crash left there. */
  async make(name: string, origin: DiskOrigin, bytes: number): Promise<string> {
    const path = this.pathOf(name);
    await this.#maker.remove(path);
    if (origin === null) await this.#maker.make(path);
    else if ('golden' in origin) await this.#maker.copy(join(this.#golden, origin.golden), path);
    else await this.#maker.copy(join(this.#snapshots, origin.snapshot), path);
    await chown(path, this.#uid, this.#uid);
    await this.#maker.limit(path, bytes);
    return path;
  }

  limit(name: string, bytes: number): Promise<void> {
    return this.#maker.limit(this.pathOf(name), bytes);
  }

  remove(name: string): Promise<void> {
    return this.#maker.remove(this.pathOf(name));
  }

  list(): Promise<string[]> {
    return readdir(this.#machines);
  }

  use(name: string): Promise<DiskUse> {
    return this.#maker.use(this.pathOf(name));
  }

  async goldens(): Promise<string[]> {
    const names = await readdir(this.#golden);
    return names.filter((name) => !name.startsWith(UNFINISHED));
  }

  /** Keeps a stopped machine's disk, less what is `dropped`, as a golden disk. It appears at once and whole, or not at all. */
  async makeGolden(golden: string, from: string, dropped: readonly string[]): Promise<void> {
    const unfinished = join(this.#golden, `${UNFINISHED}${golden}`);
    await this.#maker.remove(unfinished);
    await this.#maker.copy(this.pathOf(from), unfinished);
    for (const entry of dropped) await rm(join(unfinished, entry), { recursive: true, force: true });
    await rename(unfinished, join(this.#golden, golden));
  }

  /** Removes golden disks that `isWanted` refuses, and the remains of unfinished ones. */
  async sweepGoldens(isWanted: (golden: string) => boolean): Promise<void> {
    for (const name of await readdir(this.#golden))
      if (name.startsWith(UNFINISHED) || !isWanted(name)) await this.#maker.remove(join(this.#golden, name));
  }

  /** False where the file system cannot. It appears at once and whole, or not at all. */
  async takeSnapshot(disk: string, name: string): Promise<boolean> {
    if (!this.#maker.freeze) return false;
    const [unfinished, path] = [join(this.#snapshots, `${UNFINISHED}${name}`), join(this.#snapshots, name)];
    await this.#maker.remove(unfinished);
    await this.#maker.freeze(this.pathOf(disk), unfinished);
    await this.#maker.remove(path);
    await rename(unfinished, path);
    return true;
  }

  /** Names, unfinished ones included. */
  snapshots(): Promise<string[]> {
    return readdir(this.#snapshots);
  }

  snapshotUse(name: string): Promise<DiskUse> {
    return this.#maker.use(join(this.#snapshots, name));
  }

  removeSnapshot(name: string): Promise<void> {
    return this.#maker.remove(join(this.#snapshots, name));
  }

  async room(): Promise<{ totalBytes: number; freeBytes: number }> {
    const { blocks, bavail, bsize } = await statfs(this.#machines);
    return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
  }

  close(): Promise<void> {
    return this.#maker.close();
  }
}
