import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '#server/lib/log.ts';
import { openStore, type OpenedStore } from './open.ts';
import type { PrismaClient } from './generated/client.ts';

const LESSON = { course: 'basics', lesson: 'hello' };
const at = (second: number) => new Date(Date.UTC(2030, 0, 1) + second * 1000);

let directory: string;
let store: OpenedStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-commands-'));
  store = await openStore({ path: join(directory, 'drydock.db'), log: silentLog });
  for (const id of ['ada', 'bob'])
    await (store.authClient as PrismaClient).user.create({
      data: { id, name: id, email: `${id}@example.org`, isAnonymous: false, createdAt: at(0) },
    });
  await open('aaaaaaaa', 'ada', LESSON);
  await open('aaaaaab2', 'ada', null);
  await open('bbbbbbbb', 'bob', LESSON);
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

function open(id: string, userId: string, lesson: typeof LESSON | null) {
  return store.sandboxes.create({
    id,
    userId,
    lesson,
    state: 'ready',
    machines: [],
    terminals: null,
    createdAt: at(0),
    lastSeenAt: at(0),
    keptUntil: at(0),
  });
}

function type(sandbox: string, second: number) {
  const place = { sandbox, machine: 'node1', terminal: '1' };
  return store.commands.add({
    ...place,
    line: `${second}`,
    exitCode: 0,
    startedAt: at(second),
    durationMs: 1,
  });
}

test('a learner’s commands are those of all their sandboxes, the closed ones too, newest first', async () => {
  await type('aaaaaaaa', 1);
  await type('bbbbbbbb', 2);
  await type('aaaaaab2', 3);
  await type('aaaaaaaa', 4);
  await store.sandboxes.update('aaaaaaaa', { state: 'closed' });
  const all = await store.commands.typedBy('ada', { limit: 10 });
  expect(all.map(({ line, lesson }) => [line, lesson])).toEqual([
    ['4', LESSON],
    ['3', null],
    ['1', LESSON],
  ]);
  const older = await store.commands.typedBy('ada', { before: at(4), limit: 1 });
  expect(older.map(({ line }) => line)).toEqual(['3']);
});

test('several sandboxes are asked about in one question', async () => {
  for (const second of [1, 2, 3]) await type('aaaaaaaa', second);
  await type('bbbbbbbb', 4);
  const since = await store.commands.since(['aaaaaaaa', 'bbbbbbbb'], at(2));
  expect(since.map(({ line }) => line)).toEqual(['2', '3', '4']);
});
