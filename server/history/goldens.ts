/**
 * The states that the steps before one leave: built once from the proofs of the lesson, in a sandbox of nobody's, and kept
 * for whoever comes next. Bounded, and gone with the content that they were built from.
 */
import { createHash } from 'node:crypto';
import type { LessonDefinition, Lessons } from '#server/lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { newShortId } from '../lib/short-id.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Past } from '../sandbox/contract.ts';
import type { GoldenRow, HistoryTable, MachineContents } from '../store/contract.ts';

/** Every step of every lesson, and those of a class with values of its own. */
const KEPT_MAX = 200;
/** What they hold beside all that they share. */
const BYTES_MAX = 4 * 1024 ** 3;
/** Name of the engine's snapshots; the id tells them apart. */
export const GOLDEN = 'golden';

export type GoldensOptions = {
  table: HistoryTable;
  past: Past;
  lessons: Pick<Lessons, 'definition' | 'onChange'>;
  /** Whatever machines depend on besides the lesson: their image, the catalog. */
  source: string;
  /** Ids of those that are kept, for the sandbox room, which must not take their disks for nobody's. */
  ids: Set<string>;
  isTaken: (id: string) => boolean;
  clock: Clock;
  log: Log;
};

export class Goldens {
  readonly #options: GoldensOptions;

  constructor(options: GoldensOptions) {
    this.#options = options;
  }

  /** Forgets those of another content. */
  async sweep(): Promise<void> {
    const { table, lessons } = this.#options;
    for (const row of await table.goldens()) {
      const [course = '', lesson = '', content] = row.key.split(' ');
      const now = lessons.definition({ course, lesson });
      if (!now || this.#contentOf(now) !== content) await this.#remove(row.id);
    }
  }

  async find(key: string): Promise<GoldenRow | null> {
    const { table, clock } = this.#options;
    const row = (await table.goldens()).find((one) => one.key === key);
    if (!row) return null;
    const used = { ...row, usedAt: clock.now() };
    await table.saveGolden(used);
    return used;
  }

  /** Names the state by all that it is made of. @param before the steps that have been gone through */
  keyOf(lesson: LessonKey, own: LessonDefinition, before: readonly string[]): string {
    const sample = this.#options.lessons.definition(lesson) ?? own;
    const state = digest([own.plan, before.map((step) => [step, own.proof.get(step) ?? []])]);
    return `${lesson.course} ${lesson.lesson} ${this.#contentOf(sample)} ${state}`;
  }

  /** @param keep keeps the machines under this id */
  async add(key: string, keep: (id: string) => Promise<MachineContents[]>): Promise<GoldenRow> {
    const { table, ids, isTaken, clock } = this.#options;
    const id = newShortId((taken) => ids.has(taken) || isTaken(taken));
    ids.add(id);
    try {
      const golden = { id, key, machines: await keep(id), usedAt: clock.now() };
      await table.saveGolden(golden);
      await this.#trim(id);
      return golden;
    } catch (error) {
      await this.#remove(id);
      throw error;
    }
  }

  /** The longest unused go first, the new one last of all. */
  async #trim(newest: string): Promise<void> {
    const { table, past } = this.#options;
    const rows = (await table.goldens()).filter(({ id }) => id !== newest);
    const oldestFirst = rows.toSorted((a, b) => a.usedAt.getTime() - b.usedAt.getTime());
    const sizes = new Map<string, number>();
    for (const { id } of oldestFirst) sizes.set(id, (await past.kept(id)).get(GOLDEN) ?? 0);
    let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    let count = oldestFirst.length + 1;
    for (const { id } of oldestFirst) {
      if (count <= KEPT_MAX && bytes <= BYTES_MAX) return;
      await this.#remove(id);
      count--;
      bytes -= sizes.get(id) ?? 0;
    }
  }

  async #remove(id: string): Promise<void> {
    const { table, past, ids, log } = this.#options;
    await table.removeGolden(id);
    ids.delete(id);
    // Nobody's from here on: what stays is found by the reaper.
    await past.forget(id).catch((error: unknown) => log.warn('a golden state stayed behind', { id, error }));
  }

  #contentOf({ plan, proof }: LessonDefinition): string {
    return digest([this.#options.source, plan, [...proof]]);
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 20);
}
