/** What machines' disks were at moments that somebody wants to go back to. They lie beside the disks, where no machine sees them. */
import {
  EngineError,
  type MachineRef,
  type SnapshotKey,
  type SnapshotRecord,
  type SnapshotTaken,
} from '../contract.ts';
import type { Disks } from './disks.ts';
import { diskName, placeOfSnapshot, snapshotName } from './labels.ts';

export class Snapshots {
  readonly #disks: Disks;

  constructor(disks: Disks) {
    this.#disks = disks;
  }

  /** @param key whose it is from now on */
  async take(ref: MachineRef, key: SnapshotKey): Promise<SnapshotTaken> {
    const entry = entryOf(ref.machine, key);
    if (!(await this.#disks.list()).includes(diskName(ref)))
      throw new EngineError('machine_unknown', `${ref.machine} of ${ref.sandbox} has no disk.`);
    const { bytes, ownBytes } = await this.#disks.use(diskName(ref));
    if (await this.#disks.takeSnapshot(diskName(ref), entry))
      return { diskBytes: bytes, ownDiskBytes: ownBytes };
    throw new EngineError('unsuitable_engine', 'The pool is no btrfs: disks cannot be kept as they were.');
  }

  async list(sandbox: string): Promise<SnapshotRecord[]> {
    const entries = (await this.#disks.snapshots()).toSorted();
    const records = entries.map(async (entry): Promise<SnapshotRecord | null> => {
      const place = placeOfSnapshot(entry);
      if (place?.sandbox !== sandbox) return null;
      const { ownBytes } = await this.#disks.snapshotUse(entry);
      return { machine: place.machine, name: place.name, ownBytes };
    });
    return (await Promise.all(records)).filter((record) => record !== null);
  }

  /** The disk to begin a machine's new life with. */
  async find(machine: string, key: SnapshotKey): Promise<string> {
    const entry = entryOf(machine, key);
    if ((await this.#disks.snapshots()).includes(entry)) return entry;
    throw new EngineError('snapshot_unknown', `${machine} of ${key.sandbox} has no snapshot ${key.name}.`);
  }

  remove(sandbox: string, machine: string, name: string): Promise<void> {
    return this.#disks.removeSnapshot(entryOf(machine, { sandbox, name }));
  }

  async removeAll(sandbox: string): Promise<void> {
    for (const entry of await this.#disks.snapshots())
      if (ownerOf(entry) === sandbox) await this.#disks.removeSnapshot(entry);
  }

  /** Sandboxes that have any, half made ones included. */
  async sandboxes(): Promise<string[]> {
    return (await this.#disks.snapshots()).flatMap((entry) => ownerOf(entry) ?? []);
  }
}

function entryOf(machine: string, { sandbox, name }: SnapshotKey): string {
  const entry = snapshotName(sandbox, machine, name);
  // It becomes a path: whoever lets another name come so far errs.
  if (!placeOfSnapshot(entry)) throw new Error(`invariant: no name for a snapshot: ${entry}`);
  return entry;
}

/** A crash leaves one whose name has a dot before it. */
function ownerOf(entry: string): string | null {
  return placeOfSnapshot(entry.replace(/^\./, ''))?.sandbox ?? null;
}
