/** All that is kept of one person, over all tables: told to them, and removed to the last row. */
import type { PrismaClient } from './generated/client.ts';

/** Plain JSON; instants as ISO 8601. Secrets of sessions and passwords are no part of it. */
export type KeptOfUser = {
  account: Record<string, unknown>;
  sessions: Record<string, unknown>[];
  lessons: Record<string, unknown>[];
  tasks: Record<string, unknown>[];
  attempts: Record<string, unknown>[];
  /** Closed ones too. */
  sandboxes: Record<string, unknown>[];
  /** What was typed in them, and what was kept of them, by name. */
  commands: Record<string, unknown>[];
  snapshots: Record<string, unknown>[];
  events: Record<string, unknown>[];
  /** Places in classes, with the notes that were to be read there. */
  classes: Record<string, unknown>[];
  /** Classes of their own, as an instructor. */
  teaching: Record<string, unknown>[];
  removedFrom: string[];
};

/** All that is kept of one person, over all tables. */
export interface PeopleTable {
  kept(userId: string): Promise<KeptOfUser | null>;
  /** All of it at once, or nothing. */
  remove(userId: string): Promise<void>;
  isLastAdmin(userId: string): Promise<boolean>;
  /** Guests who have done nothing since then. */
  idleGuests(since: Date): Promise<string[]>;
  /** What was written too late, of sandboxes and users that are gone; up to then. */
  forgetLeftovers(before: Date): Promise<void>;
}

export function openPeopleTable(client: PrismaClient): PeopleTable {
  return {
    kept: (userId) => kept(client, userId),
    remove: (userId) => remove(client, userId),
    async isLastAdmin(userId) {
      const admins = await client.user.findMany({ where: { role: 'admin' }, select: { id: true }, take: 2 });
      return admins.length === 1 && admins[0]!.id === userId;
    },
    async idleGuests(since) {
      const later = { gte: since };
      const rows = await client.user.findMany({
        where: {
          isAnonymous: true,
          createdAt: { lt: since },
          // Prolonged by what they change, once a day.
          sessions: { none: { updatedAt: later } },
          sandboxes: { none: { lastSeenAt: later } },
          lessonProgress: { none: { lastOpenedAt: later } },
          taskProgress: { none: { passedAt: later } },
          enrolments: { none: { joinedAt: later } },
          events: { none: { at: later } },
        },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    async forgetLeftovers(before) {
      await client.$transaction([
        client.$executeRaw`
          DELETE FROM command WHERE startedAt < ${before} AND sandbox NOT IN (SELECT id FROM sandbox)`,
        client.$executeRaw`
          DELETE FROM snapshot WHERE takenAt < ${before} AND sandbox NOT IN (SELECT id FROM sandbox)`,
        client.$executeRaw`
          DELETE FROM attempt WHERE at < ${before} AND userId NOT IN (SELECT id FROM user)`,
      ]);
    },
  };
}

async function remove(client: PrismaClient, userId: string): Promise<void> {
  const user = await client.user.findUnique({ where: { id: userId } });
  if (!user) return;
  await client.$transaction([
    // Those that know their sandbox, or their user, by its name only.
    client.$executeRaw`DELETE FROM command WHERE sandbox IN (SELECT id FROM sandbox WHERE userId = ${userId})`,
    client.$executeRaw`DELETE FROM snapshot WHERE sandbox IN (SELECT id FROM sandbox WHERE userId = ${userId})`,
    client.attempt.deleteMany({ where: { userId } }),
    client.verification.deleteMany({ where: { OR: [{ identifier: user.email }, { value: userId }] } }),
    client.sandbox.deleteMany({ where: { userId } }),
    // All the others go with the user.
    client.user.delete({ where: { id: userId } }),
  ]);
}

async function kept(client: PrismaClient, id: string): Promise<KeptOfUser | null> {
  const user = await client.user.findUnique({
    where: { id },
    include: {
      sessions: { omit: { token: true, userId: true } },
      accounts: { select: { providerId: true, createdAt: true, updatedAt: true } },
      lessonProgress: { omit: { userId: true } },
      taskProgress: { omit: { userId: true } },
      events: { omit: { userId: true }, orderBy: { at: 'asc' } },
      enrolments: { omit: { userId: true }, include: { class: { select: { name: true } } } },
      removals: { include: { class: { select: { name: true } } } },
      classes: { omit: { ownerId: true }, include: { lessons: { omit: { classId: true } } } },
      sandboxes: { omit: { userId: true, machines: true }, orderBy: { createdAt: 'asc' } },
    },
  });
  if (!user) return null;
  const { sessions, accounts, lessonProgress, taskProgress, events, enrolments, removals, ...rest } = user;
  const { classes, sandboxes, isAnonymous, email, role, ...account } = rest;
  const inSandboxes = { in: sandboxes.map((sandbox) => sandbox.id) };
  const [commands, snapshots, attempts, notes] = await Promise.all([
    client.command.findMany({ where: { sandbox: inSandboxes }, orderBy: { id: 'asc' }, omit: { id: true } }),
    client.snapshot.findMany({ where: { sandbox: inSandboxes }, omit: { machines: true } }),
    client.attempt.findMany({ where: { userId: id }, omit: { id: true, userId: true } }),
    client.classNote.findMany({
      where: { classId: { in: enrolments.map(({ classId }) => classId) } },
      orderBy: { at: 'asc' },
    }),
  ]);
  const person = isAnonymous ? { role: 'guest' } : { email, role, signsInBy: accounts };
  return plain({
    account: { ...account, ...person },
    sessions,
    lessons: lessonProgress,
    tasks: taskProgress,
    attempts,
    sandboxes: sandboxes.map(({ terminals, ...sandbox }) => ({
      ...sandbox,
      terminals: terminals && (JSON.parse(terminals) as unknown),
    })),
    commands,
    snapshots,
    events: events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) as unknown })),
    classes: enrolments.map(({ class: { name }, ...place }) => ({
      className: name,
      ...place,
      notes: notes
        .filter((note) => note.classId === place.classId && isFor(note, place.id))
        .map(({ from, at, text, command, enrolmentId }) => ({
          from,
          at,
          text,
          command,
          toAll: enrolmentId === null,
        })),
    })),
    teaching: classes,
    removedFrom: removals.map((removal) => removal.class.name),
  });
}

const isFor = ({ enrolmentId }: { enrolmentId: string | null }, place: string) =>
  enrolmentId === null || enrolmentId === place;

/** Instants as text. */
function plain(value: unknown): KeptOfUser {
  return JSON.parse(JSON.stringify(value)) as KeptOfUser;
}
