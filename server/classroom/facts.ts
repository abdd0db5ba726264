/** What is known of one learner of a class, from which their tile and the class's figures are made; and how it is read at first. */
import type { Lessons } from '../lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { LessonKey, Localized } from '../protocol/ids.ts';
import type { TaskState } from '../protocol/tasks.ts';
import { timelineEventSchema } from '../protocol/wall.ts';
import type { Sandbox, Sandboxes } from '../sandbox/contract.ts';
import type {
  ClassRow,
  CommandRecord,
  EnrolmentRow,
  LearnerEventRow,
  ProgressReport,
  Store,
} from '../store/contract.ts';
import type { Tasks } from '../tasks/contract.ts';
import { missOf } from './misses.ts';
import { gives } from './rights.ts';
import { Signals, type Happening } from './signals.ts';

/** How far back it is read how it goes for somebody; a lesson of yesterday says nothing of now. */
const SINCE_MS = 12 * 3_600_000;

export type TaskFacts = {
  passedAt: Date | null;
  helped: boolean;
  /** Something was done toward it and is not right. */
  near: boolean;
  /** The last near miss that had words. */
  miss: Localized | null;
};

export type LessonFacts = {
  step: string | null;
  openedAt: Date | null;
  /** When it was begun, where that is known. */
  begunAt: Date | null;
  finishedAt: Date | null;
  tasks: Map<string, TaskFacts>;
};

export type Facts = {
  place: EnrolmentRow;
  /** The one that they are in, or were in last. */
  sandbox: Sandbox | null;
  lesson: LessonKey | null;
  /** Those of the class, by name. */
  lessons: Map<string, LessonFacts>;
  command: { line: string; exitCode: number; at: Date } | null;
  screen: string[];
  signals: Signals;
  /** Newest thing that was read: what happened while it was read is told again, and is not counted twice. */
  readTo: Date;
};

export type FactsParts = {
  sandboxes: Pick<Sandboxes, 'of'>;
  tasks: Pick<Tasks, 'states'>;
  lessons: Pick<Lessons, 'definition'>;
  store: {
    progress: Pick<Store['progress'], 'report'>;
    events: Pick<Store['events'], 'since'>;
    commands: Pick<Store['commands'], 'since' | 'of'>;
  };
  clock: Clock;
};

export const nameOf = ({ course, lesson }: LessonKey) => `${course}/${lesson}`;

export function lessonOf(facts: Pick<Facts, 'lessons'>, key: LessonKey): LessonFacts {
  const known = facts.lessons.get(nameOf(key));
  if (known) return known;
  const none = { step: null, openedAt: null, begunAt: null, finishedAt: null, tasks: new Map() };
  facts.lessons.set(nameOf(key), none);
  return none;
}

export function noteTask(lesson: LessonFacts, task: TaskState): void {
  const { passedAt, near, passed, hintsGiven, solved } = task;
  lesson.tasks.set(task.id, {
    passedAt: passedAt === null ? null : new Date(passedAt),
    helped: hintsGiven.length > 0 || solved,
    near: near && !passed && !solved,
    miss: passed ? null : (missOf(task) ?? lesson.tasks.get(task.id)?.miss ?? null),
  });
}

/** Where somebody is now: where a page is open, else where they were last; a lesson before the playground. */
export function choose(own: readonly Sandbox[], row: ClassRow, lessons: Facts['lessons']): Sandbox | null {
  const weight = (sandbox: Sandbox) => {
    const openedAt = sandbox.lesson && lessons.get(nameOf(sandbox.lesson))?.openedAt;
    // The last instant that a Date can hold lies below 1e16.
    return (sandbox.isPresent ? 1e16 : 0) + (sandbox.lesson ? 1 : 0) + (openedAt?.getTime() ?? 0);
  };
  const given = own.filter(({ lesson }) => gives(row, lesson));
  return given.toSorted((one, other) => weight(other) - weight(one))[0] ?? null;
}

/** All that is asked of the store is asked for everybody at once. */
export async function readFacts(
  parts: FactsParts,
  row: ClassRow,
  places: readonly EnrolmentRow[],
): Promise<Facts[]> {
  const { store, sandboxes, clock } = parts;
  const now = clock.now();
  const since = new Date(now.getTime() - SINCE_MS);
  const users = places.flatMap(({ userId }) => userId ?? []);
  const keys = row.lessons.map(({ lesson }) => lesson);
  const [report, events] = await Promise.all([
    store.progress.report(users, keys),
    store.events.since(users, since),
  ]);
  const progress = { tasks: byUser(report.tasks), lessons: byUser(report.lessons) };
  const happened = byUser(events);
  const made = places.map((place) => {
    const lessons = lessonsOf(progress.tasks(place.userId), progress.lessons(place.userId));
    const sandbox = place.userId === null ? null : choose(sandboxes.of(place.userId), row, lessons);
    return { place, lessons, sandbox };
  });
  const typed = await commandsOf(store.commands, made, since);
  return Promise.all(
    made.map((one) => {
      const { userId } = one.place;
      const own = one.sandbox ? (typed.get(one.sandbox.id) ?? []) : [];
      return complete(parts, row, { ...one, events: happened(userId), commands: own, now });
    }),
  );
}

type Read = Pick<Facts, 'place' | 'lessons' | 'sandbox'> & {
  events: LearnerEventRow[];
  commands: CommandRecord[];
  now: Date;
};

async function complete(parts: FactsParts, row: ClassRow, read: Read): Promise<Facts> {
  const { place, lessons, sandbox } = read;
  const joined = place.joinedAt ?? read.now;
  const commands = read.commands.filter(({ startedAt }) => startedAt >= joined);
  const happenings = [
    ...read.events.flatMap((event) => happeningOf(event)),
    ...commands.map((command): Happening => ({
      ...command,
      kind: 'command',
      at: command.startedAt,
      lesson: null,
    })),
  ].filter(({ at, lesson }) => at >= joined && gives(row, lesson));
  const signals = new Signals();
  const facts: Facts = {
    place,
    lessons,
    sandbox,
    lesson: null,
    command: null,
    screen: [],
    signals,
    readTo: joined,
  };
  for (const happening of happenings.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    facts.readTo = happening.at;
    signals.note(happening);
    noteLesson(facts, happening);
  }
  const last = commands.at(-1);
  if (last) facts.command = { line: last.line, exitCode: last.exitCode, at: last.startedAt };
  facts.lesson = sandbox ? sandbox.lesson : latest(row, lessons);
  // Only where its tasks are being looked at anyway: nothing is woken for this.
  if (sandbox?.lesson && sandbox.machines.size > 0)
    for (const task of await parts.tasks.states(sandbox.id).catch(() => []))
      noteTask(lessonOf(facts, sandbox.lesson), task);
  return facts;
}

/** What a happening says of its lesson beside its tasks' states. */
export function noteLesson(facts: Facts, happening: Happening): void {
  if (!happening.lesson) return;
  const lesson = lessonOf(facts, happening.lesson);
  if (happening.kind === 'opened') lesson.begunAt ??= happening.at;
  if (happening.kind === 'finished') lesson.finishedAt ??= happening.at;
  if (happening.kind !== 'near') return;
  const known = lesson.tasks.get(happening.task);
  const base = known ?? { passedAt: null, helped: false, near: false, miss: null };
  if (!base.passedAt) lesson.tasks.set(happening.task, { ...base, miss: happening.words });
}

function latest(row: ClassRow, lessons: Facts['lessons']): LessonKey | null {
  const at = (key: LessonKey) => lessons.get(nameOf(key))?.openedAt?.getTime() ?? -1;
  const begun = row.lessons.map(({ lesson }) => lesson).filter((lesson) => at(lesson) >= 0);
  return begun.toSorted((one, other) => at(other) - at(one))[0] ?? null;
}

function lessonsOf(tasks: ProgressReport['tasks'], rows: ProgressReport['lessons']): Facts['lessons'] {
  const facts: Pick<Facts, 'lessons'> = { lessons: new Map() };
  for (const { lesson, step, lastOpenedAt, finishedAt } of rows)
    Object.assign(lessonOf(facts, lesson), { step, openedAt: lastOpenedAt, finishedAt });
  for (const { lesson, task, passedAt, hintsGiven, solved } of tasks)
    lessonOf(facts, lesson).tasks.set(task, {
      passedAt,
      helped: hintsGiven > 0 || solved,
      near: false,
      miss: null,
    });
  return facts.lessons;
}

/** Of each sandbox those since then, or else the very last. */
async function commandsOf(
  table: FactsParts['store']['commands'],
  made: readonly { sandbox: Sandbox | null }[],
  since: Date,
): Promise<Map<string, CommandRecord[]>> {
  const ids = made.flatMap(({ sandbox }) => sandbox?.id ?? []);
  const found = Map.groupBy(await table.since(ids, since), ({ sandbox }) => sandbox);
  const quiet = ids.filter((id) => !found.has(id));
  for (const [index, own] of (await Promise.all(quiet.map((id) => table.of(id, 1)))).entries())
    found.set(quiet[index]!, own);
  return found;
}

function happeningOf({ kind, at, lesson, data }: LearnerEventRow): Happening[] {
  const parsed = timelineEventSchema.safeParse({ ...(data as object), kind, at: at.toISOString(), lesson });
  if (!parsed.success) return [];
  const event = parsed.data;
  switch (event.kind) {
    case 'command':
    case 'passed':
    case 'hint':
    case 'solution':
    case 'near':
    case 'rewind':
    case 'machine':
      return [{ ...event, at }];
    case 'opened':
    case 'finished':
      return [{ at, lesson, kind: event.kind }];
    default:
      return [];
  }
}

function byUser<Row extends { userId: string }>(rows: readonly Row[]): (userId: string | null) => Row[] {
  const groups = Map.groupBy(rows, ({ userId }) => userId);
  return (userId) => (userId === null ? [] : (groups.get(userId) ?? []));
}
