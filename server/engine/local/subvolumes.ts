/** Disks as btrfs subvolumes: a copy is a snapshot, a limit is a quota group, both in milliseconds. */
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../lib/log.ts';
import { runCommand } from './command.ts';
import type { DiskMaker, DiskUse } from './disks.ts';

/** btrfs frees a deleted subvolume at its next commit (30 s by default); only then can its quota group go. */
const SWEEP_AFTER_MS = 35_000;
const SWEEP_AT_CLOSE_MS = 10_000;
/** Inode of the root of every subvolume (btrfs on-disk format, BTRFS_FIRST_FREE_OBJECTID). */
const SUBVOLUME_INODE = 256;

export class Subvolumes implements DiskMaker {
  readonly #pool: string;
  readonly #log: Log;
  /** `/sys/fs/btrfs/<uuid>/qgroups`: counts without starting a program. */
  readonly #counts: string;
  readonly #groupOf = new Map<string, Promise<string>>();
  #sweep: NodeJS.Timeout | null = null;

  private constructor(pool: string, counts: string, log: Log) {
    this.#pool = pool;
    this.#counts = counts;
    this.#log = log;
  }

  static async open(pool: string, log: Log): Promise<Subvolumes> {
    const shown = await runCommand('btrfs', ['filesystem', 'show', '--raw', pool]);
    const uuid = /uuid: ([0-9a-f-]{36})/.exec(shown)?.[1];
    if (!uuid) throw new Error(`btrfs does not tell the id of ${pool}: ${shown.slice(0, 200)}`);
    const subvolumes = new Subvolumes(pool, join('/sys/fs/btrfs', uuid, 'qgroups'), log);
    await subvolumes.#sweepGroups();
    await subvolumes.#keepCount();
    return subvolumes;
  }

  async make(path: string): Promise<void> {
    await runCommand('btrfs', ['subvolume', 'create', path]);
  }

  async copy(from: string, to: string): Promise<void> {
    await runCommand('btrfs', ['subvolume', 'snapshot', from, to]);
  }

  /** Read-only: what is in it stays as it was, and a renamed one is still the same. */
  async freeze(from: string, to: string): Promise<void> {
    await runCommand('btrfs', ['subvolume', 'snapshot', '-r', from, to]);
  }

  /** Bounds all that the disk refers to, what it shares with its golden disk included. */
  async limit(path: string, bytes: number): Promise<void> {
    await runCommand('btrfs', ['qgroup', 'limit', String(bytes), path]);
    await this.#keepCount();
  }

  async remove(path: string): Promise<void> {
    const found = await lstat(path).catch(() => null);
    if (!found) return;
    this.#groupOf.delete(path);
    // Left by a time without quotas.
    if (found.ino !== SUBVOLUME_INODE) return rm(path, { recursive: true, force: true });
    await runCommand('btrfs', ['subvolume', 'delete', path]);
    this.#sweepLater();
  }

  /** What the kernel holds against the limit: counted at the last commit, plus what is written since. */
  async use(path: string): Promise<DiskUse> {
    const group = await this.#groupAt(path);
    const read = async (name: string) =>
      Number(await readFile(join(this.#counts, group, name), 'utf8').catch(() => '0'));
    const [counted, own, reserved] = await Promise.all([
      read('referenced'),
      read('exclusive'),
      read('rsv_data'),
    ]);
    return { bytes: counted + reserved, ownBytes: own + reserved };
  }

  async close(): Promise<void> {
    if (!this.#sweep) return;
    clearTimeout(this.#sweep);
    this.#sweep = null;
    // Commit now, so that the groups of what we just deleted do not stay behind.
    await runCommand('btrfs', ['filesystem', 'sync', this.#pool], SWEEP_AT_CLOSE_MS).catch(this.#note);
    await runCommand('btrfs', ['subvolume', 'sync', this.#pool], SWEEP_AT_CLOSE_MS).catch(this.#note);
    await this.#sweepGroups();
  }

  /** Asked for once, however many want to know: it takes a program. */
  #groupAt(path: string): Promise<string> {
    const known = this.#groupOf.get(path);
    if (known) return known;
    const group = runCommand('btrfs', ['inspect-internal', 'rootid', path]).then((id) => `0_${id.trim()}`);
    this.#groupOf.set(path, group);
    group.catch(() => this.#groupOf.delete(path));
    return group;
  }

  /**
   * The kernel may lose count of shared blocks, says so here and from then on counts nothing: all limits would be gone.
   * Counting anew goes on in the background.
   */
  async #keepCount(): Promise<void> {
    const lost = await readFile(join(this.#counts, 'inconsistent'), 'utf8').catch(() => '0');
    if (lost.trim() !== '1') return;
    this.#log.warn('the pool lost count of its disks; counting anew', { pool: this.#pool });
    // Fails where it is counting already.
    await runCommand('btrfs', ['quota', 'rescan', this.#pool]).catch((error: unknown) =>
      this.#log.debug('the pool is not counted anew', { error }),
    );
  }

  #sweepLater(): void {
    this.#sweep ??= setTimeout(() => {
      this.#sweep = null;
      void this.#sweepGroups();
    }, SWEEP_AFTER_MS).unref();
  }

  async #sweepGroups(): Promise<void> {
    const groups = await readdir(this.#counts).catch(() => []);
    if (groups.length === 0) return;
    // It says "busy" about groups whose subvolume is still being freed: the next sweep takes those.
    await runCommand('btrfs', ['qgroup', 'clear-stale', this.#pool]).catch(this.#note);
  }

  readonly #note = (error: unknown): void => {
    this.#log.debug('quota groups of deleted disks are still busy', { error });
  };
}
