/** All classes and places in memory, each change written down first, told after, and one at a time. */
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import { KeyedLock } from '../lib/keyed-lock.ts';
import type { ClassRow, ClassTable, EnrolmentRow } from '../store/contract.ts';
import type { ClassEvent } from './contract.ts';

type ClassChange = Parameters<ClassTable['update']>[1];
const collator = new Intl.Collator(['en', 'zh'], { numeric: true });

/** Rows are never changed in place: who holds one holds what was. */
export class ClassRegister {
  readonly #table: ClassTable;
  readonly #classes = new Map<string, ClassRow>();
  readonly #places = new Map<string, EnrolmentRow>();
  /** Those that are taken, by user. */
  readonly #taken = new Map<string, EnrolmentRow[]>();
  /** By class; made when asked for. */
  readonly #lists = new Map<string, EnrolmentRow[]>();
  readonly #removed = new Set<string>();
  readonly #events = new Emitter<ClassEvent>();
  readonly #turns = new KeyedLock();

  private constructor(table: ClassTable) {
    this.#table = table;
  }

  static async open(table: ClassTable): Promise<ClassRegister> {
    const register = new ClassRegister(table);
    const [classes, places, removed] = await Promise.all([table.all(), table.enrolments(), table.removed()]);
    for (const row of classes) register.#classes.set(row.id, row);
    for (const place of places) register.#keep(place);
    for (const { classId, userId } of removed) register.#removed.add(`${classId} ${userId}`);
    return register;
  }

  on(listener: (event: ClassEvent) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  get(id: string): ClassRow | null {
    return this.#classes.get(id) ?? null;
  }

  /** Oldest first. */
  all(): ClassRow[] {
    return [...this.#classes.values()];
  }

  hasPlace(id: string): boolean {
    return this.#places.has(id);
  }

  byCode(code: string): ClassRow | null {
    return this.all().find((row) => row.code?.code === code) ?? null;
  }

  /** By name. */
  learners(classId: string): EnrolmentRow[] {
    const known = this.#lists.get(classId);
    if (known) return known;
    const list = [...this.#places.values()]
      .filter((place) => place.classId === classId)
      .toSorted((one, other) => collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1));
    this.#lists.set(classId, list);
    return list;
  }

  placeOf(classId: string, userId: string): EnrolmentRow | null {
    return this.#taken.get(userId)?.find((place) => place.classId === classId) ?? null;
  }

  placesOf(userId: string): { class: ClassRow; place: EnrolmentRow }[] {
    const places = this.#taken.get(userId) ?? [];
    return places.map((place) => ({ class: this.#classes.get(place.classId)!, place }));
  }

  isRemoved(classId: string, userId: string): boolean {
    return this.#removed.has(`${classId} ${userId}`);
  }

  /**
   * What is looked up in `work` is still so when it is written. One at a time for all classes: the database writes one at
   * a time anyway.
   */
  change<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#turns.run('all', work);
  }

  async create(row: ClassRow): Promise<void> {
    await this.#table.create(row);
    this.#classes.set(row.id, row);
    this.#events.emit({ type: 'class', class: row.id });
  }

  async update(row: ClassRow, change: ClassChange): Promise<ClassRow> {
    await this.#table.update(row.id, change);
    const changed = { ...row, ...change };
    this.#classes.set(row.id, changed);
    if (change.code) {
      for (const name of this.#removed) if (name.startsWith(`${row.id} `)) this.#removed.delete(name);
    }
    this.#events.emit({ type: 'class', class: row.id });
    return changed;
  }

  async remove(id: string): Promise<void> {
    await this.#table.remove(id);
    for (const place of this.learners(id)) this.#lose(place);
    this.#classes.delete(id);
    this.#lists.delete(id);
    this.#events.emit({ type: 'removed', class: id });
  }

  /** False where the last place was taken in between. */
  async join({ id, code }: ClassRow, place: EnrolmentRow): Promise<boolean> {
    if (!code || !(await this.#table.join(id, code.code, place))) return false;
    this.#classes.set(id, { ...this.#classes.get(id)!, code: { ...code, uses: code.uses + 1 } });
    this.#put(place);
    this.#events.emit({ type: 'class', class: id });
    return true;
  }

  async save(place: EnrolmentRow): Promise<void> {
    await this.#table.saveEnrolment(place);
    this.#put(place);
  }

  async add(places: readonly EnrolmentRow[]): Promise<void> {
    await this.#table.addEnrolments(places);
    for (const place of places) this.#put(place);
  }

  async drop(place: EnrolmentRow): Promise<void> {
    await this.#table.removeEnrolment(place.id);
    this.#forget(place);
  }

  /** Lets this user in by no code that there is now. */
  async bar(classId: string, userId: string): Promise<void> {
    await this.#table.addRemoved({ classId, userId });
    this.#removed.add(`${classId} ${userId}`);
  }

  /** The user is gone, and on disk all of theirs with them. */
  forgetUser(userId: string): void {
    for (const { place } of this.placesOf(userId)) this.#forget(place);
    for (const name of this.#removed) if (name.endsWith(` ${userId}`)) this.#removed.delete(name);
  }

  #put(place: EnrolmentRow): void {
    this.#keep(place);
    this.#events.emit({ type: 'learner', class: place.classId, learner: place.id });
  }

  #forget(place: EnrolmentRow): void {
    this.#lose(place);
    const { id, classId, userId } = place;
    this.#events.emit({ type: 'left', class: classId, learner: id, userId });
  }

  #keep(place: EnrolmentRow): void {
    this.#lose(place);
    this.#places.set(place.id, place);
    if (place.userId !== null)
      this.#taken.set(place.userId, [...(this.#taken.get(place.userId) ?? []), place]);
  }

  #lose({ id, classId }: EnrolmentRow): void {
    const userId = this.#places.get(id)?.userId;
    this.#places.delete(id);
    this.#lists.delete(classId);
    if (!userId) return;
    const rest = this.#taken.get(userId)!.filter((place) => place.id !== id);
    if (rest.length > 0) this.#taken.set(userId, rest);
    else this.#taken.delete(userId);
  }
}
