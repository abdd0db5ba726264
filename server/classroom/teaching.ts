/** What instructors do with their classes; each is judged here before anything is looked up. */
import { isDeepStrictEqual } from 'node:util';
import type { Lessons } from '../lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { newShortId } from '../lib/short-id.ts';
import {
  CLASS_LIMITS,
  type ClassSettings,
  type JoinTerms,
  type RosterEntry,
  type RosterImported,
} from '../protocol/classes.ts';
import type { ClassRow, EnrolmentRow, UserTable } from '../store/contract.ts';
import { newJoinCode } from './codes.ts';
import { ClassroomError, type Person } from './contract.ts';
import type { ClassRegister } from './register.ts';
import { inOrder, knownAs, readRoster } from './roster.ts';
import { lessonRows } from './views.ts';

export type TeachingOptions = {
  register: ClassRegister;
  users: Pick<UserTable, 'many'>;
  lessons: Pick<Lessons, 'definition'>;
  clock: Clock;
};

export const mayTeach = ({ role }: Pick<Person, 'role'>) => role === 'admin' || role === 'instructor';

export class Teaching {
  readonly #options: TeachingOptions;
  readonly #register: ClassRegister;

  constructor(options: TeachingOptions) {
    this.#options = options;
    this.#register = options.register;
  }

  taught(person: Person, id: string): ClassRow {
    demandTeacher(person);
    const row = this.#register.get(id);
    if (row && teachesClass(person, row)) return row;
    throw new ClassroomError('not_found', 'You have no such class.');
  }

  /** An admin's are all. */
  teaching(person: Person): ClassRow[] {
    return mayTeach(person) ? this.#register.all().filter((row) => teachesClass(person, row)) : [];
  }

  teaches(person: Pick<Person, 'id' | 'role'>, learnerUserId: string): boolean {
    if (person.role === 'admin') return true;
    if (!mayTeach(person)) return false;
    return this.#register.placesOf(learnerUserId).some((one) => one.class.ownerId === person.id);
  }

  async create(person: Person, settings: ClassSettings): Promise<ClassRow> {
    demandTeacher(person);
    this.#demandLessons(settings);
    return this.#register.change(async () => {
      const own = this.#register.all().filter(({ ownerId }) => ownerId === person.id);
      if (own.length >= CLASS_LIMITS.classes)
        throw new ClassroomError(
          'too_many_classes',
          `You have ${CLASS_LIMITS.classes} classes, and that is the limit. Remove one that has ended.`,
        );
      const row: ClassRow = {
        ...settings,
        lessons: lessonRows(settings.lessons),
        id: newShortId((id) => this.#register.get(id) !== null),
        paused: false,
        createdAt: this.#options.clock.now(),
        ownerId: person.id,
        code: null,
      };
      await this.#register.create(row);
      return row;
    });
  }

  change(person: Person, id: string, settings: ClassSettings): Promise<ClassRow> {
    return this.#with(person, id, async (row) => {
      this.#demandLessons(settings);
      return this.#register.update(row, { ...settings, lessons: lessonRows(settings.lessons) });
    });
  }

  remove(person: Person, id: string): Promise<void> {
    return this.#with(person, id, () => this.#register.remove(id));
  }

  pause(person: Person, id: string, paused: boolean): Promise<ClassRow> {
    return this.#with(person, id, (row) => this.#register.update(row, { paused }));
  }

  /** Who was removed may come back by the new code: making one is how an instructor lets them. */
  makeCode(person: Person, id: string, { expiresAt, maxUses }: JoinTerms): Promise<ClassRow> {
    return this.#with(person, id, async (row) => {
      const expires = expiresAt === null ? null : new Date(expiresAt);
      if (expires !== null && expires <= this.#options.clock.now())
        throw new ClassroomError('bad_request', 'That code would have expired already. Choose a later time.');
      const code = newJoinCode((taken) => this.#register.byCode(taken) !== null);
      return this.#register.update(row, { code: { code, uses: 0, maxUses, expiresAt: expires } });
    });
  }

  dropCode(person: Person, id: string): Promise<ClassRow> {
    return this.#with(person, id, (row) => this.#register.update(row, { code: null }));
  }

  async roster(person: Person, id: string): Promise<RosterEntry[]> {
    this.taught(person, id);
    const places = this.#register.learners(id);
    const users = await this.#options.users.many(places.flatMap(({ userId }) => userId ?? []));
    return places.map(({ id: learner, userId, name, email, number, joinedAt }) => ({
      learner,
      name,
      email,
      number,
      joinedAt: joinedAt?.toISOString() ?? null,
      guest: userId !== null && users.get(userId)?.role === 'guest',
    }));
  }

  async importRoster(person: Person, id: string, csv: string): Promise<RosterImported> {
    const imported = await this.#with(person, id, async () => {
      const { lines, problems } = readRoster(csv);
      const before = this.#register.learners(id);
      const added: EnrolmentRow[] = [];
      let known = 0;
      // Each place is spoken of once: of two lines of the same name each means one learner.
      const unspoken = new Map(before.map((place) => [place.id, place]));
      for (const line of lines) {
        const place = knownAs(line, [...unspoken.values()]);
        if (place) {
          if (!isDeepStrictEqual(unspoken.get(place.id), place)) await this.#register.save(place);
          unspoken.delete(place.id);
          known++;
        } else if (before.length + added.length >= CLASS_LIMITS.learners) {
          problems.push({ line: line.line, reason: 'too_many' });
        } else {
          const { name, email, number } = line;
          const isTaken = (taken: string) =>
            this.#register.hasPlace(taken) || added.some((one) => one.id === taken);
          const place = { id: newShortId(isTaken), classId: id, name, email, number };
          added.push({ ...place, userId: null, joinedAt: null, handAt: null });
        }
      }
      await this.#register.add(added);
      return { added: added.length, known, problems: inOrder(problems) };
    });
    return { ...imported, roster: await this.roster(person, id) };
  }

  /** For good: who was removed comes back by no code that there is now, only by one made later. */
  removeLearner(person: Person, id: string, learner: string): Promise<void> {
    return this.#with(person, id, async () => {
      const place = this.#register.learners(id).find((one) => one.id === learner);
      if (!place) throw new ClassroomError('not_found', 'There is no such learner in this class.');
      if (place.userId !== null) await this.#register.bar(id, place.userId);
      await this.#register.drop(place);
    });
  }

  #with<Value>(person: Person, id: string, work: (row: ClassRow) => Promise<Value>): Promise<Value> {
    return this.#register.change(async () => work(this.taught(person, id)));
  }

  #demandLessons({ lessons }: ClassSettings): void {
    const gone = lessons.filter(({ lesson }) => !this.#options.lessons.definition(lesson));
    if (gone.length === 0) return;
    const names = gone.map(({ lesson }) => `${lesson.course}/${lesson.lesson}`).join(', ');
    throw new ClassroomError('bad_request', `There is no lesson ${names} here any more. Take it out.`);
  }
}

const teachesClass = ({ id, role }: Person, { ownerId }: ClassRow) => role === 'admin' || ownerId === id;

function demandTeacher(person: Person): void {
  if (mayTeach(person)) return;
  throw new ClassroomError('not_allowed', 'Only instructors may do this. An admin names them.');
}
