/** What instructors tell one learner or all, and what a learner's page tells of classes. */
import type { Clock } from '../lib/clock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import { newShortId } from '../lib/short-id.ts';
import { CLASS_LIMITS, type Classroom, type NewNote, type Note } from '../protocol/classes.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import type { ClassTable, NoteRow } from '../store/contract.ts';
import { ClassroomError, type Classes, type Person } from './contract.ts';
import type { LearnerRecord } from './record.ts';
import { placesFor } from './rights.ts';

export type NotesOptions = {
  classes: Pick<Classes, 'taught' | 'learners' | 'placesOf' | 'memberships'>;
  table: Pick<ClassTable, 'notes' | 'addNote'>;
  record: Pick<LearnerRecord, 'note'>;
  clock: Clock;
};

export class Notes {
  readonly #options: NotesOptions;
  readonly #events = new Emitter<{ users: string[] }>();

  constructor(options: NotesOptions) {
    this.#options = options;
  }

  /** @throws ClassroomError `not_found` for another's class, and for a learner who is not in it */
  async post(person: Person, classId: string, { text, command, learner }: NewNote): Promise<Note> {
    const { classes, table, record, clock } = this.#options;
    const row = classes.taught(person, classId);
    const everybody = classes.learners(row.id);
    const meant = learner === null ? everybody : everybody.filter(({ id }) => id === learner);
    if (learner !== null && meant.length === 0)
      throw new ClassroomError('not_found', 'There is no such learner in this class.');
    const note: NoteRow = {
      id: newShortId(() => false),
      classId: row.id,
      enrolmentId: learner,
      from: person.name,
      at: clock.now(),
      text,
      command,
    };
    await table.addNote(note);
    const users = meant.flatMap(({ userId }) => userId ?? []);
    for (const userId of users) record.note(userId, null, { kind: 'note', class: row.id, text });
    this.#events.emit({ users });
    return viewOf(note);
  }

  /** These learners were told something. */
  on(listener: (event: { users: string[] }) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  /** The classes of its learner that give this sandbox's lesson, and what was said there since they came. */
  async around(sandbox: Sandbox): Promise<Omit<Classroom, 'watchers'>> {
    const { classes, table } = this.#options;
    const places = placesFor(classes, sandbox);
    if (places.length === 0) return { memberships: [], notes: [] };
    const here = new Set(places.map((one) => one.class.id));
    const [memberships, notes] = await Promise.all([
      classes.memberships(sandbox.userId),
      Promise.all(
        places.map(async ({ place }) => {
          const rows = await table.notes(place.classId, place.id, CLASS_LIMITS.notesShown);
          return rows.filter(({ at }) => place.joinedAt !== null && at >= place.joinedAt);
        }),
      ),
    ]);
    const newest = notes.flat().toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return {
      memberships: memberships.filter((membership) => here.has(membership.class)),
      notes: newest.slice(-CLASS_LIMITS.notesShown).map(viewOf),
    };
  }
}

function viewOf({ id, classId, enrolmentId, from, at, text, command }: NoteRow): Note {
  return { id, class: classId, from, at: at.toISOString(), text, command, toAll: enrolmentId === null };
}
