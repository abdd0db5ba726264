/** What happened to a learner, as its page shows it: newest first, of the kinds that were asked for; pure. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Timeline, TimelineEvent } from '#server/protocol/wall.ts';
import { lessonId } from '../wall/outline.ts';

export const KINDS = ['all', 'commands', 'tasks', 'help', 'machine', 'people'] as const;
export type Kind = (typeof KINDS)[number];

const KIND_OF: Record<TimelineEvent['kind'], Exclude<Kind, 'all'>> = {
  command: 'commands',
  passed: 'tasks',
  near: 'tasks',
  opened: 'tasks',
  finished: 'tasks',
  hint: 'help',
  solution: 'help',
  hand_up: 'help',
  hand_down: 'help',
  machine: 'machine',
  rewind: 'machine',
  note: 'people',
  watched: 'people',
  typed: 'people',
};

export function ofKind(events: readonly TimelineEvent[], kind: Kind): readonly TimelineEvent[] {
  return kind === 'all' ? events : events.filter((event) => KIND_OF[event.kind] === kind);
}

/** Whoever was away for less than this has not stopped: a machine that goes back, or a page that is loaded again, breaks the line. */
const BLINK_MS = 15_000;

/** Leaves out each end of looking or typing that the same person took up again at once, and the beginning after it. */
export function withoutBlinks(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const left = new Set<TimelineEvent>();
  /** The beginning that came last, by whom and of what: newest first, it is seen before the end. */
  const begun = new Map<string, TimelineEvent>();
  for (const event of events) {
    if (event.kind !== 'watched' && event.kind !== 'typed') continue;
    const who = JSON.stringify([event.kind, event.by]);
    const next = begun.get(who);
    if (!event.began && next && Date.parse(next.at) - Date.parse(event.at) < BLINK_MS)
      left.add(event).add(next);
    if (event.began) begun.set(who, event);
    else begun.delete(who);
  }
  return left.size === 0 ? events : events.filter((event) => !left.has(event));
}

/** The newest page beside what is known already. Where it does not reach back to it, what is known is left out. */
export function withNewest(known: Timeline, newest: Timeline): Timeline {
  const end = newest.events.at(-1);
  const reaches =
    newest.before === null || (end !== undefined && known.events.some((event) => same(event, end)));
  if (!reaches) return newest;
  const fresh = new Set(newest.events.map(idOf));
  const older = known.events.filter((event) => !fresh.has(idOf(event)));
  return { events: inOrder([...newest.events, ...older]), before: known.before };
}

/** What lies before what is known. */
export function withEarlier(known: Timeline, earlier: Timeline): Timeline {
  const there = new Set(known.events.map(idOf));
  const fresh = earlier.events.filter((event) => !there.has(idOf(event)));
  return { events: [...known.events, ...fresh], before: earlier.before };
}

/** In words, why a task of this lesson was almost right the last time. */
export function lastMiss(
  events: readonly TimelineEvent[],
  lesson: LessonKey,
  task: string,
): Extract<TimelineEvent, { kind: 'near' }>['words'] | null {
  for (const event of events)
    if (
      event.kind === 'near' &&
      event.task === task &&
      event.lesson &&
      lessonId(event.lesson) === lessonId(lesson)
    )
      return event.words;
  return null;
}

export function idOf(event: TimelineEvent): string {
  return JSON.stringify(event);
}

const same = (a: TimelineEvent, b: TimelineEvent) => idOf(a) === idOf(b);

function inOrder(events: TimelineEvent[]): TimelineEvent[] {
  return events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
