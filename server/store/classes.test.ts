/** Classes on disk: joined together with its count, removed with all that belongs to it, and moved with a guest. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '#server/lib/log.ts';
import type { ClassRow, EnrolmentRow } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';
import { type OpenedStore, openStore } from './open.ts';

const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 10, minute));
const LESSON = { course: 'docker-basics', lesson: 'hello-docker' };
const CLASS: ClassRow = {
  id: 'autumn22',
  name: 'Autumn group',
  locale: 'en',
  latePercent: 50,
  paused: false,
  createdAt: at(0),
  ownerId: 'ines',
  code: { code: 'DKCK-47QM', uses: 0, maxUses: 1, expiresAt: at(50) },
  lessons: [
    { lesson: { course: 'docker-basics', lesson: 'images' }, dueAt: at(30), weight: 2 },
    { lesson: LESSON, dueAt: null, weight: 1 },
  ],
};
const place = (id: string, userId: string | null): EnrolmentRow => ({
  id,
  classId: CLASS.id,
  userId,
  name: `Name of ${id}`,
  email: null,
  number: null,
  joinedAt: userId === null ? null : at(1),
  handAt: null,
});

let directory: string;
let store: OpenedStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-classes-'));
  store = await openStore({ path: join(directory, 'drydock.db'), log: silentLog });
  for (const id of ['ines', 'ann', 'bo']) {
    const data = { id, name: id, email: `${id}@example.org`, role: id === 'ines' ? 'instructor' : 'learner' };
    await (store.authClient as PrismaClient).user.create({ data });
  }
  await store.classes.create(CLASS);
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

test('a class comes back as it was written, its lessons in their order, and is changed as a whole', async () => {
  expect(await store.classes.all()).toEqual([CLASS]);
  const lessons = [{ lesson: LESSON, dueAt: at(40), weight: 0 }];
  await store.classes.update(CLASS.id, { name: 'Winter group', lessons });
  expect(await store.classes.all()).toEqual([{ ...CLASS, name: 'Winter group', lessons }]);
  await store.classes.update(CLASS.id, { code: null });
  expect((await store.classes.all())[0]!.code).toBeNull();
});

test('of two who come for the last place one gets it', async () => {
  const both = [place('aaaaaaaa', 'ann'), place('bbbbbbbb', 'bo')];
  const joined = await Promise.all(both.map((row) => store.classes.join(CLASS.id, 'DKCK-47QM', row)));
  expect(joined.filter(Boolean)).toHaveLength(1);
  expect(await store.classes.enrolments()).toHaveLength(1);
  expect((await store.classes.all())[0]!.code?.uses).toBe(1);
});

test('an older code lets nobody in', async () => {
  expect(await store.classes.join(CLASS.id, 'AAAA-AAAA', place('aaaaaaaa', 'ann'))).toBe(false);
  expect(await store.classes.enrolments()).toEqual([]);
});

test('with a class goes all that belongs to it; with a learner their place and what was said to them', async () => {
  const { classes } = store;
  for (const row of [place('aaaaaaaa', 'ann'), place('bbbbbbbb', null)]) await classes.saveEnrolment(row);
  const note = { classId: CLASS.id, from: 'ines', text: 'Look up.', command: null };
  await classes.addNote({ ...note, id: 'n1', enrolmentId: null, at: at(1) });
  await classes.addNote({ ...note, id: 'n2', enrolmentId: 'aaaaaaaa', at: at(2) });
  await classes.addToken({
    id: 't1',
    classId: CLASS.id,
    name: 'LMS',
    fingerprint: 'f1',
    createdAt: at(1),
    lastUsedAt: null,
  });
  expect((await classes.notes(CLASS.id, 'bbbbbbbb', 10)).map(({ id }) => id)).toEqual(['n1']);
  expect((await classes.notes(CLASS.id, 'aaaaaaaa', 1)).map(({ id }) => id)).toEqual(['n2']);
  expect(await classes.tokenUsed('f1', at(3))).toMatchObject({ classId: CLASS.id, lastUsedAt: at(3) });
  expect(await classes.tokenUsed('f2', at(3))).toBeNull();
  const meeting = { classId: CLASS.id, at: at(30), learners: 12, lesson: LESSON };
  await classes.saveMeeting({ ...meeting, learners: 9 });
  await classes.saveMeeting(meeting);
  expect(await classes.meetings()).toEqual([meeting]);
  await classes.removeToken('otherone', 't1');
  expect(await classes.tokens(CLASS.id)).toHaveLength(1);

  await (store.authClient as PrismaClient).user.delete({ where: { id: 'ann' } });
  expect((await classes.enrolments()).map(({ id }) => id)).toEqual(['bbbbbbbb']);
  expect((await classes.notes(CLASS.id, 'aaaaaaaa', 10)).map(({ id }) => id)).toEqual(['n1']);
  await classes.remove(CLASS.id);
  expect([await classes.all(), await classes.enrolments(), await classes.tokens(CLASS.id)]).toEqual([
    [],
    [],
    [],
  ]);
  expect(await classes.meetings()).toEqual([]);
});

test('who was removed is known until there is a new code, and goes with their account', async () => {
  const { classes } = store;
  for (const userId of ['ann', 'bo', 'ann']) await classes.addRemoved({ classId: CLASS.id, userId });
  await classes.update(CLASS.id, { name: 'Winter group' });
  await classes.update(CLASS.id, { code: null });
  await store.people.remove('bo');
  expect(await classes.removed()).toEqual([{ classId: CLASS.id, userId: 'ann' }]);
  await classes.update(CLASS.id, { code: CLASS.code });
  expect(await classes.removed()).toEqual([]);
});

test('who was in a class as guest is in it as account, once', async () => {
  await store.classes.create({ ...CLASS, id: 'winter22', code: null });
  await store.classes.saveEnrolment(place('aaaaaaaa', 'ann'));
  await store.classes.saveEnrolment(place('bbbbbbbb', 'bo'));
  await store.classes.saveEnrolment({ ...place('cccccccc', 'ann'), classId: 'winter22' });
  await store.events.add({ userId: 'ann', lesson: LESSON, kind: 'hint', at: at(1), data: { task: 'run' } });
  await store.users.adopt('ann', 'bo');
  const places = (await store.classes.enrolments()).map(({ id, userId }) => [id, userId]);
  expect(places).toEqual([
    ['bbbbbbbb', 'bo'],
    ['cccccccc', 'bo'],
  ]);
  expect(await store.events.of('bo', { limit: 5 })).toHaveLength(1);
});

test('what happened is told newest first, page by page, and of many at once since a moment', async () => {
  const event = (userId: string, minute: number) => ({
    userId,
    lesson: LESSON,
    kind: 'hint',
    at: at(minute),
    data: { minute },
  });
  for (const [userId, minute] of [
    ['ann', 1],
    ['bo', 2],
    ['ann', 3],
    ['ann', 4],
  ] as const)
    await store.events.add(event(userId, minute));
  const first = await store.events.of('ann', { limit: 2 });
  expect(first).toEqual([event('ann', 4), event('ann', 3)]);
  expect(await store.events.of('ann', { before: at(3), limit: 2 })).toEqual([event('ann', 1)]);
  expect(await store.events.since(['ann', 'bo'], at(2))).toEqual([
    event('bo', 2),
    event('ann', 3),
    event('ann', 4),
  ]);
});
