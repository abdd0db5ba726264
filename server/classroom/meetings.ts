/** Meetings of classes: says whether this host is large enough, and has machines made before all come at once. */
import type { Lessons } from '../lessons/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Meeting, MeetingView } from '../protocol/meeting.ts';
import type { Sandboxes } from '../sandbox/contract.ts';
import type { ClassTable, MeetingRow } from '../store/contract.ts';
import { ClassroomError, type Classes, type Meetings, type Person } from './contract.ts';

const MINUTE_MS = 60_000;
/** A machine takes about half a second by itself, several seconds on a host with other things to do. */
const MAKING_MS = 4_000;
const LEAD_LEAST_MS = 10 * MINUTE_MS;
/** Whoever has not come by then gets a machine as anybody else does. */
const LATE_MS = 30 * MINUTE_MS;
/** Classes that begin within this of each other share the places. */
const LASTS_MS = 2 * 60 * MINUTE_MS;
const LOOK_EVERY_MS = 30_000;

export type MeetingsOptions = {
  classes: Pick<Classes, 'taught' | 'learners' | 'on'>;
  table: Pick<ClassTable, 'meetings' | 'saveMeeting' | 'removeMeeting'>;
  sandboxes: Pick<Sandboxes, 'ahead' | 'of'>;
  lessons: Pick<Lessons, 'definition'>;
  clock: Clock;
};

export async function openMeetings(options: MeetingsOptions): Promise<Meetings & Disposable> {
  const rows = await options.table.meetings();
  return new MeetingRoom(options, new Map(rows.map((row) => [row.classId, row])));
}

/** What a lesson takes of a host. `images` is null where its machines cannot be made before. */
type Need = { machines: number; images: readonly string[] | null };

class MeetingRoom implements Meetings, Disposable {
  readonly #options: MeetingsOptions;
  readonly #rows: Map<string, MeetingRow>;
  readonly #unsubscribe: () => void;
  #timer: Timer | null = null;
  #isOrdered = false;

  constructor(options: MeetingsOptions, rows: Map<string, MeetingRow>) {
    this.#options = options;
    this.#rows = rows;
    this.#unsubscribe = options.classes.on((event) => {
      // Its row went with the class.
      if (event.type === 'removed' && rows.delete(event.class)) this.#order();
    });
    this.#look();
  }

  of(person: Person, id: string): MeetingView | null {
    this.#options.classes.taught(person, id);
    const row = this.#rows.get(id);
    return row ? this.#view(row) : null;
  }

  async announce(person: Person, id: string, { at, learners, lesson }: Meeting): Promise<MeetingView> {
    const { classes, lessons, table, clock } = this.#options;
    const { lessons: given } = classes.taught(person, id);
    if (!given.some((one) => one.lesson.course === lesson.course && one.lesson.lesson === lesson.lesson))
      throw new ClassroomError('bad_request', 'That lesson is none of this class.');
    if (!lessons.definition(lesson))
      throw new ClassroomError('bad_request', 'There is no such lesson any more.');
    const row: MeetingRow = { classId: id, at: new Date(at), learners, lesson };
    if (row.at.getTime() + LATE_MS <= clock.now().getTime())
      throw new ClassroomError('bad_request', 'That is over already. Choose a later time.');
    await table.saveMeeting(row);
    this.#rows.set(id, row);
    this.#order();
    return this.#view(row);
  }

  async cancel(person: Person, id: string): Promise<void> {
    const { classes, table } = this.#options;
    classes.taught(person, id);
    await table.removeMeeting(id);
    if (this.#rows.delete(id)) this.#order();
  }

  [Symbol.dispose](): void {
    this.#timer?.cancel();
    this.#unsubscribe();
  }

  #look(): void {
    this.#order();
    this.#timer = this.#options.clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  /** Says anew what is wanted, for some have come meanwhile. */
  #order(): void {
    const orders = [...this.#rows.values()].flatMap((row) => {
      const { images } = this.#need(row);
      return images && this.#isNow(row) ? { images, count: this.#missing(row) } : [];
    });
    if (orders.length === 0 && !this.#isOrdered) return;
    this.#isOrdered = orders.length > 0;
    this.#options.sandboxes.ahead.order(orders);
  }

  #view(row: MeetingRow): MeetingView {
    const { ahead } = this.#options.sandboxes;
    const { machines, images } = this.#need(row);
    const came = this.#came(row);
    const { capacity, used } = ahead.places();
    const usedByOthers = Math.max(0, used - came * machines);
    const others = this.#announcedBeside(row);
    const places = Math.floor(Math.max(0, capacity - usedByOthers - others) / machines);
    const isNow = this.#isNow(row);
    const wanted = images && isNow ? Math.min(this.#missing(row), Math.max(0, places - came)) : 0;
    const ready = images && isNow ? Math.min(wanted, ahead.readyWith(images)) : 0;
    return {
      at: row.at.toISOString(),
      learners: row.learners,
      lesson: row.lesson,
      stage: this.#stage(row, ready >= wanted),
      warmFrom: this.#warmFrom(row).toISOString(),
      ahead: images !== null,
      machines: row.learners * machines,
      capacity,
      used: usedByOthers,
      others,
      waiting: Math.max(0, row.learners - places),
      ready,
      wanted,
      came,
    };
  }

  #stage(row: MeetingRow, isReady: boolean): MeetingView['stage'] {
    const now = this.#options.clock.now().getTime();
    if (now >= row.at.getTime() + LATE_MS) return 'over';
    if (now < this.#warmFrom(row).getTime()) return 'planned';
    return isReady ? 'ready' : 'warming';
  }

  #isNow(row: MeetingRow): boolean {
    const now = this.#options.clock.now().getTime();
    return now >= this.#warmFrom(row).getTime() && now < row.at.getTime() + LATE_MS;
  }

  #warmFrom({ at, learners }: MeetingRow): Date {
    return new Date(at.getTime() - Math.max(LEAD_LEAST_MS, learners * MAKING_MS));
  }

  #missing(row: MeetingRow): number {
    return Math.max(0, row.learners - this.#came(row));
  }

  /** Learners of the class who have a machine in this lesson. */
  #came({ classId, lesson }: MeetingRow): number {
    const { classes, sandboxes } = this.#options;
    const has = (userId: string) =>
      sandboxes
        .of(userId)
        .some(
          (one) =>
            one.state !== 'asleep' &&
            one.lesson?.course === lesson.course &&
            one.lesson.lesson === lesson.lesson,
        );
    return classes.learners(classId).filter(({ userId }) => userId !== null && has(userId)).length;
  }

  /** Machines that other classes want at about the same time. */
  #announcedBeside(row: MeetingRow): number {
    const beside = [...this.#rows.values()].filter(
      (other) => other !== row && Math.abs(other.at.getTime() - row.at.getTime()) < LASTS_MS,
    );
    return beside.reduce((sum, other) => sum + this.#missing(other) * this.#need(other).machines, 0);
  }

  #need({ lesson }: MeetingRow): Need {
    const machines = this.#options.lessons.definition(lesson)?.plan.machines ?? [];
    const [only] = machines;
    const isUsual = machines.length === 1 && only!.kind !== 'bare';
    return { machines: Math.max(1, machines.length), images: isUsual ? only!.images : null };
  }
}
