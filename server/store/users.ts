/** Accounts and guests, and the move of a guest's work to the account that the guest became. */
import { type Role, roleSchema } from '#server/protocol/account.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { UserRecord, UserTable } from './contract.ts';
import type { PrismaClient, User } from './generated/client.ts';

/** What only the entry door may do to accounts. */
export interface AccountTable extends UserTable {
  /** Makes the oldest account admin where there is no admin yet. */
  crownFirst(): Promise<void>;
  /** Guests stay guests. */
  setRole(id: string, role: Exclude<Role, 'guest'>): Promise<void>;
  /** By e-mail address. */
  instructors(): Promise<UserRecord[]>;
  /** Null for nobody's, and for a guest's, which is none. */
  byEmail(email: string): Promise<UserRecord | null>;
}

export function openUserTable(client: PrismaClient): AccountTable {
  return {
    async get(id) {
      const user = await client.user.findUnique({ where: { id } });
      return user && recordOf(user);
    },
    async many(ids) {
      const users = await client.user.findMany({ where: { id: { in: [...ids] } } });
      return new Map(users.map((user) => [user.id, recordOf(user)]));
    },
    async instructors() {
      const where = { role: 'instructor', isAnonymous: { not: true } };
      return (await client.user.findMany({ where, orderBy: { email: 'asc' } })).map(recordOf);
    },
    async byEmail(email) {
      const user = await client.user.findUnique({ where: { email: email.toLowerCase() } });
      return user && !user.isAnonymous ? recordOf(user) : null;
    },
    countAccounts: () => client.user.count({ where: { isAnonymous: { not: true } } }),
    async crownFirst() {
      // One statement, so that two who sign up in the same moment cannot both be the first.
      await client.$executeRaw`
        UPDATE user SET role = 'admin'
        WHERE id = (SELECT id FROM user WHERE isAnonymous IS NOT 1 ORDER BY createdAt, rowid LIMIT 1)
          AND NOT EXISTS (SELECT 1 FROM user WHERE role = 'admin')`;
    },
    async setRole(id, role) {
      await client.user.updateMany({ where: { id, isAnonymous: { not: true } }, data: { role } });
    },
    async adopt(guestId, userId) {
      await client.sandbox.updateMany({ where: { userId: guestId }, data: { userId } });
      await client.attempt.updateMany({ where: { userId: guestId }, data: { userId } });
      await client.learnerEvent.updateMany({ where: { userId: guestId }, data: { userId } });
      await adoptEnrolments(client, guestId, userId);
      await adoptTasks(client, guestId, userId);
      await adoptLessons(client, guestId, userId);
    },
  };
}

function recordOf({ id, name, email, role, isAnonymous }: User): UserRecord {
  if (isAnonymous) return { id, name, email: null, role: 'guest' };
  return { id, name, email, role: roleSchema.parse(role) };
}

// Who is in a class as guest and as account has one place in it from then on: that of the account.
async function adoptEnrolments(client: PrismaClient, guestId: string, userId: string): Promise<void> {
  const own = await client.enrolment.findMany({ where: { userId }, select: { classId: true } });
  const classId = { in: own.map((enrolment) => enrolment.classId) };
  await client.enrolment.deleteMany({ where: { userId: guestId, classId } });
  await client.enrolment.updateMany({ where: { userId: guestId }, data: { userId } });
}

// Both may have worked on a lesson: what either of them reached counts.
async function adoptTasks(client: PrismaClient, guestId: string, userId: string): Promise<void> {
  for (const theirs of await client.taskProgress.findMany({ where: { userId: guestId } })) {
    const { course, lesson, task } = theirs;
    const where = { userId_course_lesson_task: { userId, course, lesson, task } };
    const own = await client.taskProgress.findUnique({ where });
    const merged = {
      passedAt: earlier(own?.passedAt, theirs.passedAt),
      hintsGiven: Math.max(own?.hintsGiven ?? 0, theirs.hintsGiven),
      solved: theirs.solved || own?.solved === true,
    };
    await client.taskProgress.upsert({
      where,
      create: { userId, course, lesson, task, ...merged },
      update: merged,
    });
  }
  await client.taskProgress.deleteMany({ where: { userId: guestId } });
}

async function adoptLessons(client: PrismaClient, guestId: string, userId: string): Promise<void> {
  for (const theirs of await client.lessonProgress.findMany({ where: { userId: guestId } })) {
    const key: LessonKey = { course: theirs.course, lesson: theirs.lesson };
    const where = { userId_course_lesson: { userId, ...key } };
    const own = await client.lessonProgress.findUnique({ where });
    const newest = own && own.lastOpenedAt > theirs.lastOpenedAt ? own : theirs;
    const merged = {
      step: newest.step,
      lastOpenedAt: newest.lastOpenedAt,
      finishedAt: earlier(own?.finishedAt, theirs.finishedAt),
    };
    await client.lessonProgress.upsert({ where, create: { userId, ...key, ...merged }, update: merged });
  }
  await client.lessonProgress.deleteMany({ where: { userId: guestId } });
}

function earlier(one: Date | null | undefined, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}
