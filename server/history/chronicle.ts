/** What is kept of each sandbox: a row in the store and the machines' disks in the engine, always both or neither. */
import { randomBytes } from 'node:crypto';
import type { Worlds } from '#server/world/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { KeyedLock } from '../lib/keyed-lock.ts';
import type { Log } from '../lib/log.ts';
import { HISTORY_LIMITS, type SnapshotView } from '../protocol/history.ts';
import type { Past, Sandbox } from '../sandbox/contract.ts';
import type { HistoryTable, MachineContents, SnapshotRow } from '../store/contract.ts';
import { contentsOf } from './contents.ts';
import { HistoryError } from './contract.ts';

/** A machine that has just come up is looked into for the first time within this. */
const FIRST_LOOK_MS = 5_000;

export type NewSnapshot = Pick<SnapshotRow, 'kind' | 'step' | 'name'>;

export type ChronicleOptions = {
  past: Past;
  table: HistoryTable;
  worlds: Worlds;
  clock: Clock;
  log: Log;
  changed: (sandbox: Sandbox) => void;
};

export class Chronicle {
  readonly #options: ChronicleOptions;
  /** One change at a time for each sandbox. */
  readonly #turn = new KeyedLock();
  /** Sandboxes whose rows and disks have been held against each other since we started. */
  readonly #checked = new Set<string>();

  constructor(options: ChronicleOptions) {
    this.#options = options;
  }

  async rows(sandbox: string): Promise<SnapshotRow[]> {
    if (!this.#checked.has(sandbox)) await this.#turn.run(sandbox, () => this.#check(sandbox));
    return this.#options.table.snapshots(sandbox);
  }

  async views(sandbox: string): Promise<SnapshotView[]> {
    const [rows, sizes] = await Promise.all([this.rows(sandbox), this.#options.past.kept(sandbox)]);
    return rows.map(({ id, kind, step, name, takenAt }) => ({
      id,
      kind,
      step,
      name,
      takenAt: takenAt.toISOString(),
      ownBytes: sizes.get(id) ?? 0,
    }));
  }

  /** @throws HistoryError `not_found` */
  async need(sandbox: string, id: string): Promise<SnapshotRow> {
    const row = (await this.rows(sandbox)).find((one) => one.id === id);
    if (!row) throw new HistoryError('not_found', 'Nothing of that name is kept of this sandbox.');
    return row;
  }

  /** The older one of the same step goes when the new one is there, and the oldest where there are too many. */
  async keep(sandbox: Sandbox, what: NewSnapshot): Promise<void> {
    const { past, table, clock } = this.#options;
    if (!past.isPossible)
      throw new HistoryError('cannot_keep', 'The disk pool of this server cannot keep states.');
    await this.#turn.run(sandbox.id, async () => {
      await this.#check(sandbox.id);
      const before = await table.snapshots(sandbox.id);
      demandRoom(before, what);
      const id = newSnapshotId();
      const seen = this.contents(sandbox);
      await past.keep(sandbox.id, id);
      const takenAt = clock.now();
      // Of a machine that has only just come up nobody knows yet what is in it: it is looked into afterwards.
      if (what.kind === 'start') await this.#looked(sandbox);
      const machines = what.kind === 'start' ? this.contents(sandbox) : seen;
      try {
        await table.addSnapshot({ id, sandbox: sandbox.id, ...what, takenAt, machines });
      } catch (error) {
        await past.drop(sandbox.id, id);
        throw error;
      }
      for (const row of outdatedBy(what, before)) await this.#drop(row);
    });
    this.#options.changed(sandbox);
  }

  async remove(sandbox: Sandbox, id: string): Promise<void> {
    const row = await this.need(sandbox.id, id);
    await this.#turn.run(sandbox.id, () => this.#drop(row));
    this.#options.changed(sandbox);
  }

  /** Half of what was kept by itself, the oldest steps first and the start last. False where nothing can go. */
  async trim(sandbox: Sandbox): Promise<boolean> {
    const isTrimmed = await this.#turn.run(sandbox.id, async () => {
      const rows = await this.#options.table.snapshots(sandbox.id);
      const own = rows.filter(({ kind }) => kind !== 'named');
      const inTurn = own.toSorted((a, b) => Number(a.kind === 'start') - Number(b.kind === 'start'));
      const going = inTurn.slice(0, Math.ceil(inTurn.length / 2));
      for (const row of going) await this.#drop(row);
      return going.length > 0;
    });
    if (isTrimmed) this.#options.changed(sandbox);
    return isTrimmed;
  }

  /** The disks went with the machines. */
  async forget(sandbox: string): Promise<void> {
    this.#checked.delete(sandbox);
    await this.#turn.run(sandbox, async () => {
      for (const { id } of await this.#options.table.snapshots(sandbox))
        await this.#options.table.removeSnapshot(id);
    });
  }

  /** As far as anybody has seen. */
  contents(sandbox: Sandbox): MachineContents[] {
    const machines = sandbox.view().machines.map(({ name }) => name);
    return machines.map((machine) => contentsOf(machine, this.#options.worlds.get(sandbox.id, machine)));
  }

  /** Until its machines have been looked into, or cannot be. */
  async #looked(sandbox: Sandbox): Promise<void> {
    const { worlds, clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => {
      const unseen = [...sandbox.machines.keys()].filter((name) => !worlds.get(sandbox.id, name)?.connected);
      if (unseen.length === 0) resolve();
    };
    const stop = worlds.on(check);
    const timer = clock.after(FIRST_LOOK_MS, resolve);
    check();
    await promise;
    stop();
    timer.cancel();
  }

  /** Removes the row first: a disk that nobody knows is found by the next check, a row without a disk deceives. */
  async #drop({ id, sandbox }: SnapshotRow): Promise<void> {
    await this.#options.table.removeSnapshot(id);
    await this.#options.past.drop(sandbox, id);
  }

  /** A crash may have left one without the other. */
  async #check(sandbox: string): Promise<void> {
    if (this.#checked.has(sandbox)) return;
    const { past, table, log } = this.#options;
    const [rows, disks] = await Promise.all([table.snapshots(sandbox), past.kept(sandbox)]);
    for (const { id } of rows) if (!disks.has(id)) await table.removeSnapshot(id);
    for (const name of disks.keys())
      if (!rows.some(({ id }) => id === name)) {
        log.info('a snapshot that nobody knows is dropped', { sandbox, name });
        await past.drop(sandbox, name);
      }
    this.#checked.add(sandbox);
  }
}

function demandRoom(before: readonly SnapshotRow[], { kind }: NewSnapshot): void {
  const named = before.filter((row) => row.kind === 'named');
  if (kind !== 'named' || named.length < HISTORY_LIMITS.named) return;
  throw new HistoryError(
    'too_many_snapshots',
    `${HISTORY_LIMITS.named} states with a name are kept, and that is the limit. Remove one to keep another.`,
  );
}

/** Of those that were there before. */
function outdatedBy(what: NewSnapshot, before: readonly SnapshotRow[]): SnapshotRow[] {
  const isSame = (row: SnapshotRow) =>
    what.kind !== 'named' && row.kind === what.kind && row.step === what.step;
  const left = before.filter((row) => !isSame(row));
  const steps = left.filter(({ kind }) => kind === 'step');
  const surplus = steps.slice(0, Math.max(0, left.length + 1 - HISTORY_LIMITS.kept));
  return [...before.filter(isSame), ...surplus];
}

/** Random, so that one of a later time is never taken for one that is gone. */
function newSnapshotId(): string {
  return randomBytes(8).toString('hex');
}
