import { mkdtemp, rm, writeFile, open as openFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '#server/lib/log.ts';
import { COMMANDS_KEPT } from './commands.ts';
import type { SandboxRecord } from './contract.ts';
import type { PrismaClient } from './generated/client.ts';
import { draftMigration } from './migrate.ts';
import { type OpenedStore, openStore } from './open.ts';

let directory: string;
let path: string;
let store: OpenedStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-store-'));
  path = join(directory, 'drydock.db');
  store = await openStore({ path, log: silentLog });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const LESSON = { course: 'basics', lesson: 'hello' };
const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 0, minute));

async function addUser(id: string, options: { guest?: boolean; minute?: number } = {}) {
  const client = store.authClient as PrismaClient;
  await client.user.create({
    data: {
      id,
      name: id,
      email: `${id}@example.org`,
      isAnonymous: options.guest === true,
      createdAt: at(options.minute ?? 0),
    },
  });
}

const sandbox = (id: string, userId: string, change: Partial<SandboxRecord> = {}): SandboxRecord => ({
  id,
  userId,
  lesson: LESSON,
  state: 'ready',
  machines: [{ name: 'node1', generation: 1, images: ['nginx'] }],
  terminals: null,
  createdAt: at(0),
  lastSeenAt: at(1),
  keptUntil: at(2),
  ...change,
});

describe('sandboxes', () => {
  test('come back as they were written, also by another server', async () => {
    await addUser('ann');
    await store.sandboxes.create(sandbox('aaaaaaaa', 'ann'));
    const terminals = [{ machine: 'node1', name: '2', label: '构建' }];
    await store.sandboxes.create(sandbox('bbbbbbbb', 'ann', { lesson: null, state: 'asleep' }));
    await store.sandboxes.update('bbbbbbbb', { terminals });
    await store[Symbol.asyncDispose]();
    store = await openStore({ path, log: silentLog });
    expect(await store.sandboxes.get('aaaaaaaa')).toEqual(sandbox('aaaaaaaa', 'ann'));
    expect((await store.sandboxes.get('bbbbbbbb'))?.lesson).toBeNull();
    expect(await store.sandboxes.get('cccccccc')).toBeNull();
  });

  test('a change touches only what it names, and a closed one is not live', async () => {
    await addUser('ann');
    await store.sandboxes.create(sandbox('aaaaaaaa', 'ann'));
    await store.sandboxes.create(sandbox('bbbbbbbb', 'ann'));
    await store.sandboxes.update('aaaaaaaa', { state: 'closed' });
    await store.sandboxes.update('bbbbbbbb', { keptUntil: at(9) });
    expect(await store.sandboxes.live()).toEqual([sandbox('bbbbbbbb', 'ann', { keptUntil: at(9) })]);
  });
});

describe('progress', () => {
  const task = { task: 'run', passedAt: at(3), hintsGiven: 1, solved: false };

  test('is kept by learner and lesson, and counts what passed', async () => {
    await addUser('ann');
    await store.progress.saveTask('ann', LESSON, { ...task, passedAt: null });
    await store.progress.saveTask('ann', LESSON, task);
    await store.progress.saveTask('ann', LESSON, { ...task, task: 'other', passedAt: null });
    await store.progress.saveLesson('ann', LESSON, { step: 'one', lastOpenedAt: at(4) });
    await store.progress.saveLesson('ann', LESSON, { finishedAt: at(5) });
    expect(await store.progress.tasks('ann', LESSON)).toContainEqual(task);
    expect(await store.progress.lessons('ann')).toEqual([
      {
        lesson: LESSON,
        step: 'one',
        lastOpenedAt: at(4),
        finishedAt: at(5),
        passed: [{ task: 'run', hintsGiven: 1, solved: false }],
      },
    ]);
  });

  test('starting a lesson again forgets it', async () => {
    await addUser('ann');
    await store.progress.saveTask('ann', LESSON, task);
    await store.progress.saveLesson('ann', LESSON, { step: 'one' });
    await store.progress.resetLesson('ann', LESSON);
    expect(await store.progress.tasks('ann', LESSON)).toEqual([]);
    expect(await store.progress.lessons('ann')).toEqual([]);
  });
});

test('what many have done in some lessons is read at once', async () => {
  for (const id of ['ann', 'bob', 'cy']) {
    await addUser(id);
    for (const lesson of [LESSON, { ...LESSON, lesson: 'other' }]) {
      await store.progress.saveTask(id, lesson, { task: 'run', passedAt: at(1), hintsGiven: 1 });
      await store.progress.saveLesson(id, lesson, { step: 'one', lastOpenedAt: at(2) });
    }
  }
  const { tasks, lessons } = await store.progress.report(['ann', 'cy', 'nobody'], [LESSON]);
  const task = { lesson: LESSON, task: 'run', passedAt: at(1), hintsGiven: 1, solved: false };
  expect(tasks).toEqual([
    { ...task, userId: 'ann' },
    { ...task, userId: 'cy' },
  ]);
  const opened = { lesson: LESSON, step: 'one', lastOpenedAt: at(2), finishedAt: null };
  expect(lessons).toEqual([
    { ...opened, userId: 'ann' },
    { ...opened, userId: 'cy' },
  ]);
});

test('of a large class nobody is left out', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => `learner ${index}`);
  for (const id of ids) {
    await addUser(id);
    await store.progress.saveTask(id, LESSON, { task: 'run', passedAt: at(1) });
  }
  const { tasks } = await store.progress.report(ids, [LESSON]);
  expect(new Set(tasks.map(({ userId }) => userId))).toEqual(new Set(ids));
});

test('only the newest commands of a sandbox are kept, oldest first', async () => {
  const command = (sandbox: string, line: string) => ({
    sandbox,
    machine: 'node1',
    terminal: '1',
    line,
    exitCode: 0,
    startedAt: at(0),
    durationMs: 12.6,
  });
  await store.commands.add(command('bbbbbbbb', 'of another sandbox'));
  for (let index = 0; index < COMMANDS_KEPT + 5; index++)
    await store.commands.add(command('aaaaaaaa', `echo ${index}`));
  const kept = await store.commands.of('aaaaaaaa', 2000);
  expect(kept).toHaveLength(COMMANDS_KEPT);
  expect(kept[0]?.line).toBe('echo 5');
  expect(await store.commands.of('bbbbbbbb', 5)).toEqual([
    { ...command('bbbbbbbb', 'of another sandbox'), durationMs: 13 },
  ]);
}, 30_000);

test('help stays known where points depend on it', async () => {
  await addUser('ann');
  await store.progress.saveTask('ann', LESSON, { task: 'run', passedAt: at(3), hintsGiven: 2, solved: true });
  await store.progress.saveLesson('ann', LESSON, { step: 'one', finishedAt: at(5) });
  await store.progress.resetLesson('ann', LESSON, { keepHelp: true });
  expect(await store.progress.tasks('ann', LESSON)).toEqual([
    { task: 'run', passedAt: null, hintsGiven: 2, solved: true },
  ]);
  expect(await store.progress.lessons('ann')).toEqual([]);
});

describe('users', () => {
  test('guests have no address and do not count', async () => {
    await addUser('guest', { guest: true });
    expect(await store.users.get('guest')).toEqual({
      id: 'guest',
      name: 'guest',
      email: null,
      role: 'guest',
    });
    expect(await store.users.countAccounts()).toBe(0);
    expect(await store.users.get('nobody')).toBeNull();
  });

  test('are found by many ids, and by an address in any case; guests by none', async () => {
    await addUser('ann');
    await addUser('visitor', { guest: true });
    const ann = { id: 'ann', name: 'ann', email: 'ann@example.org', role: 'learner' };
    const visitor = { id: 'visitor', name: 'visitor', email: null, role: 'guest' };
    expect([...(await store.users.many(['visitor', 'ann', 'nobody'])).values()]).toEqual(
      expect.arrayContaining([ann, visitor]),
    );
    expect(await store.users.byEmail('Ann@Example.ORG')).toEqual(ann);
    expect(await store.users.byEmail('visitor@example.org')).toBeNull();
    expect(await store.users.instructors()).toEqual([]);
    await store.users.setRole('ann', 'instructor');
    expect(await store.users.instructors()).toEqual([{ ...ann, role: 'instructor' }]);
  });

  test('the oldest account becomes admin, once', async () => {
    await addUser('guest', { guest: true, minute: 0 });
    await addUser('ann', { minute: 1 });
    await addUser('bob', { minute: 2 });
    await Promise.all([store.users.crownFirst(), store.users.crownFirst()]);
    const roles = await Promise.all(['guest', 'ann', 'bob'].map((id) => store.users.get(id)));
    expect(roles.map((user) => user?.role)).toEqual(['guest', 'admin', 'learner']);
  });

  test('a role can be changed, but a guest stays a guest', async () => {
    await addUser('guest', { guest: true });
    await addUser('ann');
    await store.users.setRole('ann', 'instructor');
    await store.users.setRole('guest', 'admin');
    expect((await store.users.get('ann'))?.role).toBe('instructor');
    expect((await store.users.get('guest'))?.role).toBe('guest');
  });

  test('an account that adopts a guest keeps the better of both', async () => {
    await addUser('guest', { guest: true });
    await addUser('ann');
    const passed = { task: 'run', passedAt: at(3), hintsGiven: 0, solved: false };
    await store.progress.saveTask('guest', LESSON, passed);
    await store.progress.saveTask('guest', LESSON, { ...passed, task: 'only-guest' });
    await store.progress.saveTask('ann', LESSON, { ...passed, passedAt: at(9), hintsGiven: 2 });
    await store.progress.saveLesson('guest', LESSON, { step: 'two', lastOpenedAt: at(8) });
    await store.progress.saveLesson('ann', LESSON, { step: 'one', lastOpenedAt: at(4), finishedAt: at(5) });
    await store.sandboxes.create(sandbox('aaaaaaaa', 'guest'));
    await store.users.adopt('guest', 'ann');
    expect((await store.sandboxes.get('aaaaaaaa'))?.userId).toBe('ann');
    expect(await store.progress.tasks('ann', LESSON)).toEqual([
      { ...passed, task: 'only-guest' },
      { ...passed, hintsGiven: 2 },
    ]);
    expect(await store.progress.lessons('ann')).toEqual([
      {
        lesson: LESSON,
        step: 'two',
        lastOpenedAt: at(8),
        finishedAt: at(5),
        passed: expect.arrayContaining([
          { task: 'run', hintsGiven: 2, solved: false },
          { task: 'only-guest', hintsGiven: 0, solved: false },
        ]),
      },
    ]);
    expect(await store.progress.lessons('guest')).toEqual([]);
  });
});

describe('the file', () => {
  test('migrations and schema say the same', async () => {
    expect(await draftMigration(new PrismaLibSql({ url: ':memory:' }))).toBe('');
  });

  test('writes go to a write-ahead log, so that reading never waits', async () => {
    const client = store.authClient as PrismaClient;
    expect(await client.$queryRawUnsafe('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  test('a file that is no database is refused with the way out', async () => {
    const other = join(directory, 'other.db');
    await writeFile(other, 'not a database at all, but long enough to have a header'.repeat(100));
    await expect(openStore({ path: other, log: silentLog })).rejects.toMatchObject({
      code: 'store_corrupt',
      message: expect.stringContaining('Put back a copy'),
    });
  });

  test('a database damaged in the middle is refused', async () => {
    await addUser('ann');
    await store[Symbol.asyncDispose]();
    const size = (await readFile(path)).length;
    const file = await openFile(path, 'r+');
    await file.write(Buffer.alloc(size - 8192, 0xff), 0, size - 8192, 8192);
    await file.close();
    await expect(openStore({ path, log: silentLog })).rejects.toMatchObject({ code: 'store_corrupt' });
    await rm(path);
    store = await openStore({ path, log: silentLog });
  });
});

test('a hint written for one sandbox does not undo what another one passed', async () => {
  await addUser('ann');
  await store.progress.saveTask('ann', LESSON, { task: 'web', passedAt: at(1) });
  await store.progress.saveTask('ann', LESSON, { task: 'web', hintsGiven: 2 });
  expect(await store.progress.tasks('ann', LESSON)).toEqual([
    { task: 'web', passedAt: at(1), hintsGiven: 2, solved: false },
  ]);
});
