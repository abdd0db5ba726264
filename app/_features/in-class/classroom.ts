/** What the page makes of the classroom that the feed tells of: what is news, what is unread, what is due; pure. */
import type { Classroom, Membership, Note, Watcher } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';

/** Something that a learner who does not look must hear of. */
export type ClassNews =
  | { what: 'watches' | 'asks' | 'types' | 'asks-not' | 'types-not' | 'watches-not'; name: string }
  | { what: 'note'; name: string; text: string }
  | { what: 'raised' | 'lowered' | 'paused' | 'goes-on' };

/** `before` null: the page has just come, and what was there already is told as far as it matters now. */
export function classNews(before: Classroom | null, now: Classroom): ClassNews[] {
  const was = before ?? { memberships: [], watchers: [], notes: [] };
  return [
    ...watcherNews(was.watchers, now.watchers),
    // What was written before this page came is shown, and read by whoever comes to it.
    ...(before ? newNotes(before.notes, now.notes) : []).map((note): ClassNews => ({
      what: 'note',
      name: note.from,
      text: note.text,
    })),
    ...now.memberships.flatMap((each) => handNews(was.memberships.find(sameClass(each)), each)),
    ...pauseNews(pausedIn(was) !== null, pausedIn(now) !== null),
  ];
}

function watcherNews(before: readonly Watcher[], now: readonly Watcher[]): ClassNews[] {
  const told = now.flatMap(({ id, name, mode }): ClassNews[] => {
    const was = before.find((each) => each.id === id)?.mode;
    if (was === mode) return [];
    if (mode !== 'watches') return [{ what: mode, name }];
    if (was === undefined) return [{ what: 'watches', name }];
    return [{ what: was === 'types' ? 'types-not' : 'asks-not', name }];
  });
  const gone = before.filter(({ id }) => now.every((each) => each.id !== id));
  return [...told, ...gone.map(({ name }): ClassNews => ({ what: 'watches-not', name }))];
}

function newNotes(before: readonly Note[], now: readonly Note[]): Note[] {
  const known = new Set(before.map(({ id }) => id));
  return now.filter(({ id }) => !known.has(id));
}

function handNews(was: Membership | undefined, now: Membership): ClassNews[] {
  if (!was || (was.handAt === null) === (now.handAt === null)) return [];
  return [{ what: now.handAt === null ? 'lowered' : 'raised' }];
}

const pauseNews = (was: boolean, is: boolean): ClassNews[] =>
  was === is ? [] : [{ what: is ? 'paused' : 'goes-on' }];

const sameClass = (one: Membership) => (other: Membership) => other.class === one.class;

/** The class that holds everybody's hands still now. */
export function pausedIn({ memberships }: Pick<Classroom, 'memberships'>): Membership | null {
  return memberships.find(({ paused }) => paused) ?? null;
}

/** Newest first. */
export function unread(notes: readonly Note[], read: ReadonlySet<string>): Note[] {
  return notes.filter(({ id }) => !read.has(id)).toReversed();
}

export const isSame = (one: LessonKey, other: LessonKey) =>
  one.course === other.course && one.lesson === other.lesson;

/** When the lesson that is open must be done; in the playground, what the class asks for next. Null where nothing is due. */
export function dueAt({ lessons }: Membership, lesson: LessonKey | null, now: Date): string | null {
  if (lesson) return lessons.find((each) => isSame(each.lesson, lesson))?.dueAt ?? null;
  const ahead = lessons.flatMap(({ dueAt: due }) => (due && Date.parse(due) > now.getTime() ? [due] : []));
  return ahead.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

export const isOver = (due: string, now: Date) => Date.parse(due) < now.getTime();
