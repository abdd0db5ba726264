/** What is kept of somebody is told to them whole, and removed to the last row. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClassView, Membership } from '#server/protocol/classes.ts';
import type { ErrorBody } from '#server/protocol/errors.ts';
import { openPeople } from '#server/classroom/people.ts';
import { silentLog } from '#server/lib/log.ts';
import type { KeptOfUser } from '#server/store/people.ts';
import type { PrismaClient } from '#server/store/generated/client.ts';
import { everyRow } from '#server/store/testing/every-row.ts';
import { RATES } from './rate-limit.ts';
import type { Answer, Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { SETTINGS } from './testing/classroom.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let root: Browser;
beforeEach(async () => {
  server = await openTestServer();
  root = await server.account('root', 'admin');
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const refusal = ({ status, json }: Answer) => {
  const { error } = json as ErrorBody;
  return [status, error.code, error.hint];
};
const idOf = async (browser: Browser) =>
  ((await browser.get('/api/me')).json as { user: { id: string } }).user.id;

const everything = () => everyRow(server.store);

/** Somebody with rows in every table that can speak of a learner. @returns what names them there */
async function liveThrough(browser: Browser, as: string, agoMs = 0): Promise<string[]> {
  const { store, clock } = server;
  const userId = await idOf(browser);
  const at = new Date(clock.now().getTime() - agoMs);
  const sandboxes = await Promise.all(
    (['ready', 'closed'] as const).map(async (state, index) => {
      const id = `${as.slice(0, 3)}aaaa${index + 2}`;
      const when = { createdAt: at, lastSeenAt: at, keptUntil: at };
      const machines = [{ name: 'node1', generation: 1, images: [] }];
      await store.sandboxes.create({ id, userId, lesson: HELLO, state, machines, terminals: null, ...when });
      const shell = { sandbox: id, machine: 'node1', terminal: '1', exitCode: 0, durationMs: 5 };
      await store.commands.add({ ...shell, line: `echo ${as}-${state}`, startedAt: at });
      const kept = { sandbox: id, kind: 'named' as const, step: null, takenAt: at };
      await store.history.addSnapshot({ ...kept, id: `s${id}`, name: `${as} kept`, machines: [] });
      return id;
    }),
  );
  await store.history.addAttempt({ userId, lesson: HELLO, step: null, kind: 'start', at });
  await store.progress.saveTask(userId, HELLO, { task: 'hello-ran', passedAt: at, hintsGiven: 1 });
  await store.progress.saveLesson(userId, HELLO, { lastOpenedAt: at });
  await store.events.add({ userId, lesson: HELLO, kind: 'near', at, data: { words: `${as} was near` } });
  return [userId, ...sandboxes, as];
}

async function classOf(browser: Browser): Promise<{ path: string; code: string; id: string }> {
  const { id } = (await browser.post('/api/classes', SETTINGS)).json as ClassView;
  const path = `/api/classes/${id}`;
  const { code } = (await browser.post(`${path}/code`, { expiresAt: null, maxUses: null })).json as ClassView;
  return { path, id, code: code!.code };
}

async function inClass(browser: Browser, name: string) {
  const made = await classOf(root);
  const { learner } = (await browser.post('/api/classes/join', { code: made.code, name })).json as Membership;
  const note = { classId: made.id, from: 'root', at: server.clock.now(), command: null };
  await server.store.classes.addNote({
    ...note,
    id: 'n1',
    enrolmentId: learner,
    text: `Well done, ${name}.`,
  });
  await server.store.classes.addNote({ ...note, id: 'n2', enrolmentId: null, text: 'Look up.' });
  return { ...made, learner };
}

describe('what is kept of me', () => {
  test('is told as a download, with everything in it and nothing of others', async () => {
    const other = await server.account('wilhelmina');
    await liveThrough(other, 'wilhelmina');
    const ann = await server.account('annabel');
    await liveThrough(ann, 'annabel');
    await inClass(ann, 'annabel');
    const answer = await ann.get('/api/me/data');
    expect(answer.headers['content-disposition']).toContain('attachment');
    const data = answer.json as KeptOfUser;
    expect(data).toMatchObject({
      account: { name: 'annabel', email: 'annabel@example.org', role: 'learner' },
      lessons: [HELLO],
      tasks: [{ ...HELLO, task: 'hello-ran', hintsGiven: 1 }],
      attempts: [{ kind: 'start' }],
      events: [{ kind: 'near', data: { words: 'annabel was near' } }],
      classes: [
        {
          className: SETTINGS.name,
          name: 'annabel',
          notes: [
            { text: 'Well done, annabel.', toAll: false },
            { text: 'Look up.', toAll: true },
          ],
        },
      ],
      teaching: [],
    });
    expect(data.sessions).toHaveLength(1);
    expect(data.sandboxes).toMatchObject([{ state: 'ready' }, { state: 'closed' }]);
    expect(data.commands).toMatchObject([
      { sandbox: data.sandboxes[0]!.id, line: 'echo annabel-ready' },
      { sandbox: data.sandboxes[1]!.id, line: 'echo annabel-closed' },
    ]);
    expect(data.snapshots).toMatchObject([{ name: 'annabel kept' }, { name: 'annabel kept' }]);
    expect(answer.text).not.toContain('wilhelmina');
    // Nobody signs in as them with what stands there.
    for (const secret of await secretsOf(await idOf(ann))) expect(answer.text).not.toContain(secret);
  });

  test('is not told again and again', async () => {
    const ann = await server.account('annabel');
    for (let count = 0; count < RATES.data.burst; count++) await ann.get('/api/me/data');
    expect(refusal(await ann.get('/api/me/data')).slice(0, 2)).toEqual([429, 'too_many_requests']);
  });

  test('is told to nobody else', async () => {
    expect(refusal(await server.browser().get('/api/me/data')).slice(0, 2)).toEqual([401, 'not_signed_in']);
    expect(refusal(await server.browser().delete('/api/me')).slice(0, 2)).toEqual([401, 'not_signed_in']);
  });
});

async function secretsOf(userId: string): Promise<string[]> {
  const client = server.store.authClient as PrismaClient;
  const sessions = await client.session.findMany({ where: { userId } });
  const accounts = await client.account.findMany({ where: { userId } });
  const secrets = [...sessions.map(({ token }) => token), ...accounts.map(({ password }) => password!)];
  expect(secrets).toHaveLength(2);
  return secrets;
}

describe('who removes their account', () => {
  test('leaves nothing behind in any table, and is signed out', async () => {
    const ann = await server.account('annabel');
    const traces = await liveThrough(ann, 'annabel');
    const { learner, id } = await inClass(ann, 'annabel');
    const sandbox = (await ann.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
    for (const trace of [...traces, learner]) expect(await everything()).toContain(trace);

    expect((await ann.delete('/api/me')).status).toBe(204);
    const left = await everything();
    for (const trace of [...traces, learner, sandbox.id, 'annabel@example.org'])
      expect(left).not.toContain(trace);
    expect(left).toContain('Look up.');
    expect(server.sandboxes.get(sandbox.id)).toBeNull();
    expect(server.classes.learners(id)).toEqual([]);
    expect((await ann.get('/api/me')).json).toMatchObject({ user: null });
    expect(ann.cookie).toBe('');
  });

  test('and was removed from a class leaves not even that behind', async () => {
    const ann = await server.account('annabel');
    const { path, learner } = await inClass(ann, 'annabel');
    await root.delete(`${path}/learners/${learner}`);
    const userId = await idOf(ann);
    expect((await ann.get('/api/me/data')).json).toMatchObject({ removedFrom: [SETTINGS.name], classes: [] });
    await ann.delete('/api/me');
    expect(await everything()).not.toContain(userId);
  });

  test('is refused as the last admin, and while classes are theirs; then nothing was removed', async () => {
    expect(refusal(await root.delete('/api/me'))).toEqual([403, 'not_allowed', 'last_admin']);
    const ines = await server.account('ines', 'instructor');
    const sandbox = (await ines.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
    const { path } = await classOf(ines);
    expect(refusal(await ines.delete('/api/me'))).toEqual([403, 'not_allowed', 'owns_classes']);
    expect(server.sandboxes.get(sandbox.id)).not.toBeNull();
    await ines.delete(path);
    expect((await ines.delete('/api/me')).status).toBe(204);
    await server.account('rita', 'admin');
    expect((await root.delete('/api/me')).status).toBe(204);
  });
});

/** One round, with everybody's rows as old as that. */
async function roundAfter(awayMs: number): Promise<void> {
  const { store, sandboxes, tasks, classes, clock } = server;
  const client = store.authClient as PrismaClient;
  const then = new Date(clock.now().getTime() - awayMs);
  await client.user.updateMany({ data: { createdAt: then } });
  await client.session.updateMany({ data: { updatedAt: then } });
  const rooms = { table: store.people, sandboxes, tasks, classes };
  const people = openPeople({ ...rooms, guestsKeptMs: 30 * DAY_MS, clock, log: silentLog });
  await clock.advance(60_000);
  await people[Symbol.asyncDispose]();
}
const DAY_MS = 24 * 3_600_000;

describe('a guest who has been away for long', () => {
  test('is removed with all that is theirs, and an account is not', async () => {
    const guest = await server.guest();
    const annId = await idOf(await server.account('annabel'));
    const traces = await liveThrough(guest, 'wilhelmina', 31 * DAY_MS);
    await roundAfter(31 * DAY_MS);
    const left = await everything();
    for (const trace of traces) expect(left).not.toContain(trace);
    expect(left).toContain(annId);
  });

  test('stays until then', async () => {
    const userId = await idOf(await server.guest());
    await roundAfter(29 * DAY_MS);
    expect(await server.store.users.get(userId)).not.toBeNull();
  });

  test('stays who has done anything since', async () => {
    const guest = await server.guest();
    const userId = await idOf(guest);
    await liveThrough(guest, 'wilhelmina', 29 * DAY_MS);
    await roundAfter(31 * DAY_MS);
    expect(await server.store.users.get(userId)).not.toBeNull();
  });

  test('stays while a sandbox of theirs is awake, and goes with the one that sleeps', async () => {
    const guest = await server.guest();
    const userId = await idOf(guest);
    const { id } = (await guest.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
    await server.store.progress.resetLesson(userId, HELLO);
    await roundAfter(31 * DAY_MS);
    expect(await server.store.users.get(userId)).not.toBeNull();
    server.sandboxes.get(id)!.state = 'asleep';
    await roundAfter(31 * DAY_MS);
    expect(await server.store.users.get(userId)).toBeNull();
    expect(server.sandboxes.get(id)).toBeNull();
  });
});

test('what a shell said after its sandbox was removed is removed too', async () => {
  const { store, clock } = server;
  const shell = { machine: 'node1', terminal: '1', exitCode: 0, durationMs: 5 };
  const late = { ...shell, sandbox: 'gonegone', line: 'too late' };
  await store.commands.add({ ...late, startedAt: new Date(clock.now().getTime() - 60_000) });
  await roundAfter(0);
  expect(await everything()).not.toContain('too late');
});
