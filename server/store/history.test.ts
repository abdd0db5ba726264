import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '#server/lib/log.ts';
import type { PrismaClient } from './generated/client.ts';
import { type OpenedStore, openStore } from './open.ts';

let directory: string;
let store: OpenedStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-history-'));
  store = await openStore({ path: join(directory, 'drydock.db'), log: silentLog });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const LESSON = { course: 'basics', lesson: 'hello' };
const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 0, minute));

async function addUser(id: string, options: { guest?: boolean } = {}) {
  const client = store.authClient as PrismaClient;
  const isAnonymous = options.guest === true;
  await client.user.create({ data: { id, name: id, email: `${id}@example.org`, isAnonymous } });
}

const sandbox = (id: string, userId: string) => ({
  id,
  userId,
  lesson: LESSON,
  state: 'ready' as const,
  machines: [{ name: 'node1', generation: 1, images: ['nginx'] }],
  terminals: null,
  createdAt: at(0),
  lastSeenAt: at(1),
  keptUntil: at(2),
});

const machines = [
  {
    machine: 'node1',
    containers: [{ id: 'a', name: 'web', running: true }],
    images: [{ id: 'sha256:b', tags: ['nginx:latest'] }],
    volumes: ['data'],
    networks: [{ id: 'c', name: 'front' }],
  },
];
const row = (id: string, minute: number, sandboxId = 'aaaaaaaa') => ({
  id,
  sandbox: sandboxId,
  kind: 'named' as const,
  step: null,
  name: '午饭前',
  takenAt: at(minute),
  machines,
});

test('snapshots come back oldest first, and go with a sandbox that is closed', async () => {
  await addUser('ann');
  await store.sandboxes.create({ ...sandbox('aaaaaaaa', 'ann'), seed: 'zzzzzzzz' });
  await store.history.addSnapshot(row('second', 2));
  await store.history.addSnapshot(row('first', 1));
  await store.history.addSnapshot(row('stray', 1, 'bbbbbbbb'));
  expect(await store.history.snapshots('aaaaaaaa')).toEqual([row('first', 1), row('second', 2)]);
  await store.history.forgetClosed();
  expect(await store.history.snapshots('bbbbbbbb')).toEqual([]);
  await store.history.removeSnapshot('second');
  expect(await store.history.snapshots('aaaaaaaa')).toEqual([row('first', 1)]);
  await store.sandboxes.update('aaaaaaaa', { state: 'closed' });
  await store.history.forgetClosed();
  expect(await store.history.snapshots('aaaaaaaa')).toEqual([]);
  expect((await store.sandboxes.get('aaaaaaaa'))?.seed).toBe('zzzzzzzz');
});

test('what a machine begins with next, and what is kept of it, is written down with it', async () => {
  await addUser('ann');
  await store.sandboxes.create(sandbox('aaaaaaaa', 'ann'));
  const from = { sandbox: 'bbbbbbbb', name: 'one', running: ['a'] };
  const kept = { baseBytes: 5e9, addedBytes: 7e9 };
  const next = [{ name: 'node1', generation: 2, images: [], from, kept }];
  await store.sandboxes.update('aaaaaaaa', { machines: next });
  expect((await store.sandboxes.get('aaaaaaaa'))?.machines).toEqual(next);
});

test('attempts are counted by learner and lesson, and follow a guest into their account', async () => {
  await addUser('guest', { guest: true });
  await addUser('ann');
  const attempt = { lesson: LESSON, step: 'one', kind: 'step' as const, at: at(1) };
  await store.history.addAttempt({ userId: 'guest', ...attempt });
  await store.history.addAttempt({ userId: 'ann', ...attempt, kind: 'here' });
  expect(await store.history.attempts('ann', LESSON)).toBe(1);
  await store.users.adopt('guest', 'ann');
  expect(await store.history.attempts('ann', LESSON)).toBe(2);
  expect(await store.history.attempts('ann', { ...LESSON, lesson: 'other' })).toBe(0);
});

test('of each golden state there is one', async () => {
  const golden = { id: 'goldenaa', key: 'a b c d', machines, usedAt: at(1) };
  await store.history.saveGolden(golden);
  await store.history.saveGolden({ ...golden, id: 'goldenbb', usedAt: at(2) });
  expect(await store.history.goldens()).toEqual([{ ...golden, id: 'goldenbb', usedAt: at(2) }]);
  await store.history.removeGolden('goldenbb');
  expect(await store.history.goldens()).toEqual([]);
});
