/**
 * One class as it is now, for as long as somebody looks at its wall: what is known of each learner, whose tile must be made
 * anew, and what was sent last. An event marks one learner; tiles are made when they are due, never for all.
 */
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { HostFigures, TaskStat, Tile, WallMessage } from '../protocol/wall.ts';
import type { ClassRow, EnrolmentRow } from '../store/contract.ts';
import type { Terminals } from '../terminal/contract.ts';
import type { Classes } from './contract.ts';
import { nameOf, readFacts, type Facts, type FactsParts } from './facts.ts';
import { Glances } from './glances.ts';
import { gives, isSame } from './rights.ts';
import { statsOf } from './stats.ts';
import { tileOf, type TileParts } from './tiles.ts';
import type { Watching } from './watching.ts';

/** What changes is gathered for so long. */
const GATHER_MS = 250;
/** Figures and screens at most so often. */
const BEAT_MS = 1_000;
/** Time alone makes nobody move faster than this: who is here is judged anew. */
const JUDGE_BEATS = 15;

export type WallParts = FactsParts & {
  classes: Pick<Classes, 'get' | 'learners' | 'view'>;
  terminals: Pick<Terminals, 'names' | 'tail'>;
  watching: Pick<Watching, 'of'>;
  /** How full the host is. */
  figures(): HostFigures;
  clock: Clock;
  log: Log;
};

/** One who looks. Neither call may block. */
export type WallViewer = { readonly userId: string; send(text: string): void; close(): void };

export class WallModel {
  readonly #parts: WallParts;
  readonly #viewers = new Set<WallViewer>();
  /** Those who were told everything, and from then on what changes. */
  readonly #told = new Set<WallViewer>();
  readonly #facts = new Map<string, Facts>();
  /** Of who is being read: what happens to them meanwhile. */
  readonly #held = new Map<string, ((facts: Facts) => void)[]>();
  readonly #dirty = new Set<string>();
  readonly #sent = new Map<string, { tile: Tile; text: string }>();
  readonly #stats = new Map<string, TaskStat[]>();
  readonly #staleLessons = new Set<string>();
  readonly #glances: Glances;
  #row: ClassRow;
  #host = '';
  #gather: Timer | null = null;
  #beat: Timer | null = null;
  #beats = 0;
  #ready = false;

  constructor(parts: WallParts, row: ClassRow) {
    this.#parts = parts;
    this.#row = row;
    this.#glances = new Glances(parts.terminals);
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Told everything as soon as everything is known. */
  add(viewer: WallViewer): void {
    this.#viewers.add(viewer);
    // Who could not be told comes back for it.
    if (this.#ready) this.#sendAll([viewer]).catch(() => viewer.close());
    this.#beat ??= this.#parts.clock.after(BEAT_MS, () => this.#onBeat());
  }

  remove(viewer: WallViewer): void {
    this.#viewers.delete(viewer);
    this.#told.delete(viewer);
    if (this.#viewers.size > 0) return;
    this.#gather?.cancel();
    this.#beat?.cancel();
    this.#beat = null;
  }

  /** The class is no more, or not for this user. */
  close(userId?: string): void {
    for (const viewer of this.#viewers) if (!userId || viewer.userId === userId) viewer.close();
  }

  /** Reads everybody anew. */
  async load(): Promise<void> {
    const places = this.#parts.classes.learners(this.#row.id);
    await this.#read(places);
    this.#glances.look(this.#here());
    for (const { place } of this.#facts.values()) this.#make(place.id);
    this.#dirty.clear();
    for (const { lesson } of this.#row.lessons) this.#figure(lesson);
    this.#staleLessons.clear();
    this.#ready = true;
    await this.#sendAll([...this.#viewers]);
  }

  /** A change to who that user is here: at once, or when they are known. Nothing happens for others. */
  touch(userId: string, change: (facts: Facts) => void): void {
    const held = this.#held.get(userId);
    if (held) return void held.push(change);
    const facts = this.#of(userId);
    if (!facts) return;
    change(facts);
    this.mark(facts);
  }

  mark({ place, lesson }: Facts): void {
    this.#dirty.add(place.id);
    if (lesson) this.#staleLessons.add(nameOf(lesson));
    this.#due();
  }

  gives(lesson: LessonKey | null): boolean {
    return gives(this.#row, lesson);
  }

  /** What is written down of this learner has changed otherwise than by what they do. */
  reread(userId: string): void {
    const facts = this.#of(userId);
    if (facts) this.#readLater([facts.place]);
  }

  learnerChanged(learner: string): void {
    const place = this.#parts.classes.learners(this.#row.id).find(({ id }) => id === learner);
    const facts = this.#facts.get(learner);
    if (!place) return;
    if (!facts || facts.place.userId !== place.userId) return this.#readLater([place]);
    facts.place = place;
    this.mark(facts);
  }

  learnerLeft(learner: string): void {
    const facts = this.#facts.get(learner);
    if (!this.#facts.delete(learner)) return;
    if (facts) for (const { lesson } of this.#row.lessons) this.#staleLessons.add(nameOf(lesson));
    this.#dirty.delete(learner);
    this.#sent.delete(learner);
    this.#send({ type: 'gone', learners: [learner] });
  }

  async classChanged(): Promise<void> {
    const row = this.#parts.classes.get(this.#row.id);
    if (!row) return this.close();
    const others = JSON.stringify(row.lessons) !== JSON.stringify(this.#row.lessons);
    this.#row = row;
    if (others) this.#stats.clear();
    if (others && this.#ready) return this.load();
    if (this.#ready) this.#send({ type: 'class', class: await this.#parts.classes.view(row) });
  }

  tile(learner: string): Tile | null {
    const facts = this.#ready ? this.#facts.get(learner) : undefined;
    return facts ? this.#tile(facts) : null;
  }

  #of(userId: string): Facts | undefined {
    // Few classes are open at once, and none has more than some hundred learners.
    for (const facts of this.#facts.values()) if (facts.place.userId === userId) return facts;
    return undefined;
  }

  async #read(places: readonly EnrolmentRow[]): Promise<void> {
    const users = places.flatMap(({ userId }) => userId ?? []);
    for (const userId of users) if (!this.#held.has(userId)) this.#held.set(userId, []);
    try {
      for (const facts of await readFacts(this.#parts, this.#row, places))
        this.#facts.set(facts.place.id, facts);
    } finally {
      for (const userId of users) {
        const held = this.#held.get(userId) ?? [];
        this.#held.delete(userId);
        const facts = this.#of(userId);
        if (!facts) continue;
        for (const change of held) change(facts);
        // From here on nothing is told twice.
        facts.readTo = new Date(0);
      }
    }
  }

  #readLater(places: readonly EnrolmentRow[]): void {
    this.#readAgain(places).catch((error: unknown) =>
      this.#parts.log.error('a learner could not be read', { error }),
    );
  }

  async #readAgain(places: readonly EnrolmentRow[]): Promise<void> {
    await this.#read(places);
    const still = new Set(this.#parts.classes.learners(this.#row.id).map(({ id }) => id));
    for (const { id } of places) {
      const facts = this.#facts.get(id);
      if (!still.has(id)) this.learnerLeft(id);
      else if (facts) this.mark(facts);
    }
    for (const { lesson } of this.#row.lessons) this.#staleLessons.add(nameOf(lesson));
  }

  #due(): void {
    if (this.#viewers.size === 0 || !this.#ready) return;
    this.#gather ??= this.#parts.clock.after(GATHER_MS, () => {
      this.#gather = null;
      this.#flush();
    });
  }

  #flush(): void {
    const tiles = [...this.#dirty].flatMap((learner) => this.#make(learner) ?? []);
    this.#dirty.clear();
    if (tiles.length > 0) this.#send({ type: 'tiles', tiles });
  }

  /** Null where it is as it was sent. */
  #make(learner: string): Tile | null {
    const facts = this.#facts.get(learner);
    if (!facts) return null;
    const tile = this.#tile(facts);
    const text = JSON.stringify(tile);
    if (this.#sent.get(learner)?.text === text) return null;
    this.#sent.set(learner, { tile, text });
    return tile;
  }

  #onBeat(): void {
    this.#beat = this.#parts.clock.after(BEAT_MS, () => this.#onBeat());
    if (!this.#ready) return;
    const here = this.#here();
    for (const facts of this.#glances.look(here)) this.#dirty.add(facts.place.id);
    if (++this.#beats % JUDGE_BEATS === 0) for (const { place } of here) this.#dirty.add(place.id);
    if (this.#dirty.size > 0) this.#due();
    const changed = this.#row.lessons.flatMap(({ lesson }) =>
      this.#staleLessons.delete(nameOf(lesson)) && this.#figure(lesson) ? lesson : [],
    );
    if (changed.length > 0) this.#send({ type: 'stats', stats: this.#allStats() });
    const host = this.#parts.figures();
    if (this.#host !== (this.#host = JSON.stringify(host))) this.#send({ type: 'host', host });
  }

  /** True where they are other ones now. */
  #figure(lesson: LessonKey): boolean {
    const stats = statsOf(lesson, this.#tasksOf(lesson), this.#facts.values());
    const before = this.#stats.get(nameOf(lesson));
    this.#stats.set(nameOf(lesson), stats);
    return JSON.stringify(before) !== JSON.stringify(stats);
  }

  #allStats(): TaskStat[] {
    return this.#row.lessons.flatMap(({ lesson }) => this.#stats.get(nameOf(lesson)) ?? []);
  }

  async #sendAll(viewers: readonly WallViewer[]): Promise<void> {
    if (viewers.length === 0) return;
    const view = await this.#parts.classes.view(this.#row);
    const host = this.#parts.figures();
    this.#host = JSON.stringify(host);
    const order = this.#parts.classes.learners(this.#row.id);
    const tiles = order.flatMap(({ id }) => this.#sent.get(id)?.tile ?? []);
    const stats = this.#allStats();
    const there = viewers.filter((viewer) => this.#viewers.has(viewer));
    for (const viewer of there) this.#told.add(viewer);
    this.#send({ type: 'all', class: view, tiles, stats, host }, there);
  }

  /** Put into words once, whoever looks. */
  #send(message: WallMessage, viewers: Iterable<WallViewer> = this.#told): void {
    if (!this.#ready) return;
    const text = JSON.stringify(message);
    for (const viewer of Array.from(viewers)) viewer.send(text);
  }

  #here(): Facts[] {
    return [...this.#facts.values()].filter((facts) => this.#isHere(facts));
  }

  #isHere({ place: { userId } }: Facts): boolean {
    if (userId === null) return false;
    return this.#parts.sandboxes.of(userId).some((one) => one.isPresent && this.gives(one.lesson));
  }

  #tile(facts: Facts): Tile {
    const parts: TileParts = {
      tasksOf: (lesson) => this.#tasksOf(lesson),
      isHere: (one) => this.#isHere(one),
      isWatched: ({ sandbox }) => sandbox !== null && this.#parts.watching.of(sandbox.id).length > 0,
    };
    return tileOf(facts, parts, this.#parts.clock.now());
  }

  #tasksOf(lesson: LessonKey) {
    const given = this.#row.lessons.some((one) => isSame(one.lesson, lesson));
    return (given && this.#parts.lessons.definition(lesson)?.tasks) || [];
  }
}
