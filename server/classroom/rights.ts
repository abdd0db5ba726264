/** What of a learner a class reaches: the lessons that it gives, and the playground. */
import type { LessonKey } from '../protocol/ids.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import type { ClassRow } from '../store/contract.ts';
import type { Classes, Person } from './contract.ts';

type Known = Pick<Classes, 'placesOf'>;
type Place = Pick<Sandbox, 'userId' | 'lesson'>;

export const isSame = (one: LessonKey, other: LessonKey) =>
  one.course === other.course && one.lesson === other.lesson;

/** `null`, the playground, belongs to every class. */
export function gives({ lessons }: Pick<ClassRow, 'lessons'>, lesson: LessonKey | null): boolean {
  return lesson === null || lessons.some((one) => isSame(one.lesson, lesson));
}

/** The places of this learner in classes that give this lesson. */
export function placesFor(classes: Known, { userId, lesson }: Place) {
  return classes.placesOf(userId).filter((one) => gives(one.class, lesson));
}

/** May look at this sandbox without being its learner: its class's instructor, and admins. */
export function mayWatch(
  classes: Pick<Classes, 'placesOf' | 'teaches'>,
  person: Pick<Person, 'id' | 'role'>,
  sandbox: Place,
): boolean {
  if (person.role === 'admin') return true;
  // `teaches` knows who is an instructor at all; the class itself must be theirs and give this lesson.
  return (
    classes.teaches(person, sandbox.userId) &&
    placesFor(classes, sandbox).some((one) => one.class.ownerId === person.id)
  );
}

/** The learner is to look up: a class of theirs that gives this lesson has paused. The playground goes on. */
export function isPaused(classes: Known, sandbox: Place): boolean {
  return sandbox.lesson !== null && placesFor(classes, sandbox).some((one) => one.class.paused);
}
