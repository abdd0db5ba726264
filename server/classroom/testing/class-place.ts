/** Classes over a store in memory, with an instructor, another, an admin and learners; what a test of classes stands on. */
import type { LessonDefinition, Lessons } from '#server/lessons/contract.ts';
import { FakeClock } from '#server/lib/clock.ts';
import type { ClassSettings, ClassView } from '#server/protocol/classes.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import type { UserRecord } from '#server/store/contract.ts';
import { openClasses } from '../classes.ts';
import { ClassroomError, type ClassEvent, type Person } from '../contract.ts';

const account = (id: string, role: UserRecord['role'] = 'learner'): UserRecord => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  email: role === 'guest' ? null : `${id}@example.org`,
  role,
});

export const INES = account('ines', 'instructor');
export const IVAN = account('ivan', 'instructor');
export const ROOT = account('root', 'admin');
export const ANN = account('ann');
export const BO = account('bo');
export const GUEST = account('guest 1234', 'guest');

export const HELLO = { course: 'basics', lesson: 'hello' };
export const IMAGES = { course: 'basics', lesson: 'images' };
export const SETTINGS: ClassSettings = {
  name: 'Autumn group',
  locale: 'en',
  lessons: [
    { lesson: HELLO, dueAt: '2030-01-02T00:00:00.000Z', weight: 1 },
    { lesson: IMAGES, dueAt: null, weight: 3 },
  ],
  latePercent: 50,
};

/** Two lessons of two and one task; what else is asked for is not there. */
export function someLessons(tasks: Record<string, string[]> = { hello: ['run', 'look'], images: ['pull'] }) {
  return {
    definition: ({ lesson }) =>
      tasks[lesson] ? ({ tasks: tasks[lesson].map((id) => ({ id })) } as unknown as LessonDefinition) : null,
    page: ({ lesson }, locale) =>
      tasks[lesson] ? ({ title: `${lesson} ${locale}` } as ReturnType<Lessons['page']>) : null,
  } satisfies Pick<Lessons, 'definition' | 'page'>;
}

export async function openPlace({ store = createFakeStore(), clock = new FakeClock() } = {}) {
  for (const user of [INES, IVAN, ROOT, ANN, BO, GUEST]) store.rows.users.set(user.id, user);
  const lessons = someLessons();
  const classes = await openClasses({ table: store.classes, users: store.users, lessons, clock });
  const told: ClassEvent[] = [];
  classes.on((event) => told.push(event));
  return {
    store,
    clock,
    lessons,
    classes,
    told,
    /** A class of Ines', open to all who have its code. */
    async open(terms: { expiresAt?: string; maxUses?: number } = {}, owner: Person = INES) {
      const { id } = await classes.create(owner, SETTINGS);
      const all = { expiresAt: null, maxUses: null, ...terms };
      const code = (await classes.makeCode(owner, id, all)).code!.code;
      told.length = 0;
      return { id, code };
    },
    view: (id: string): Promise<ClassView> => classes.view(classes.get(id)!),
    /** Joined already; @returns their place */
    async join(code: string, person: Person, name?: string): Promise<string> {
      return (await classes.join(person, code, name)).learner;
    },
  };
}

/** The code by which it was refused. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ClassroomError) return error.code;
    throw error;
  }
  return 'done';
}
