/** Classes over the real door: what each may do, and every refusal. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLASS_LIMITS, type ClassView, classViewSchema, type Membership } from '#server/protocol/classes.ts';
import type { ErrorBody } from '#server/protocol/errors.ts';
import { BODY_BYTES } from './call.ts';
import { RATES } from './rate-limit.ts';
import type { Answer, Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { refusal, SETTINGS } from './testing/classroom.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

const OPEN = { expiresAt: null, maxUses: null };

let server: TestServer;
let ines: Browser;
beforeEach(async () => {
  server = await openTestServer();
  await server.account('root', 'admin');
  ines = await server.account('ines', 'instructor');
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

async function openClass(terms: object = OPEN): Promise<ClassView & { path: string; join: string }> {
  const made = (await ines.post('/api/classes', SETTINGS)).json as ClassView;
  const path = `/api/classes/${made.id}`;
  const view = classViewSchema.parse((await ines.post(`${path}/code`, terms)).json);
  return { ...view, path, join: view.code!.code };
}

const put = (browser: Browser, path: string, body: unknown) =>
  browser.send('PUT', path, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

describe('an instructor', () => {
  test('makes a class, changes it, pauses it and removes it', async () => {
    const made = await ines.post('/api/classes', SETTINGS);
    expect(made.status).toBe(201);
    const { id } = made.json as ClassView;
    const path = `/api/classes/${id}`;
    expect(made.json).toMatchObject({ ...SETTINGS, instructor: 'ines', code: null, learners: 0 });
    const changed = await put(ines, path, { ...SETTINGS, name: 'Winter group' });
    expect(changed.json).toMatchObject({ id, name: 'Winter group' });
    expect((await ines.post(`${path}/pause`, { paused: true })).json).toMatchObject({ paused: true });
    expect((await ines.get('/api/classes')).json).toMatchObject({
      mayTeach: true,
      teaching: [{ id, paused: true }],
      learning: [],
    });
    expect((await ines.delete(path)).status).toBe(204);
    expect(refusal(await ines.get(path))).toEqual([404, 'not_found']);
  });

  test('is told which lesson there is not', async () => {
    const gone = { lesson: { course: 'basics', lesson: 'gone' }, dueAt: null, weight: 1 };
    const answer = await ines.post('/api/classes', { ...SETTINGS, lessons: [gone] });
    expect(refusal(answer)).toEqual([400, 'bad_request']);
    expect((answer.json as ErrorBody).error.message).toContain('basics/gone');
  });

  test('makes a code, takes it back, and brings a list', async () => {
    const { path, code } = await openClass({ expiresAt: null, maxUses: 30 });
    expect(code).toMatchObject({ maxUses: 30, uses: 0 });
    expect((await ines.delete(`${path}/code`)).json).toMatchObject({ code: null });
    const csv = 'name,email\nAnn,ann@example.org\nBo,not an address\n';
    expect((await ines.post(`${path}/roster`, { csv })).json).toMatchObject({
      added: 1,
      known: 0,
      problems: [{ line: 3, reason: 'bad_email' }],
      roster: [{ name: 'Ann', joinedAt: null, guest: false }],
    });
    const [entry] = (await ines.get(`${path}/roster`)).json as { learner: string }[];
    expect((await ines.delete(`${path}/learners/${entry!.learner}`)).status).toBe(204);
    expect((await ines.get(`${path}/roster`)).json).toEqual([]);
  });

  test('may send a list longer than other requests', async () => {
    const { path } = await openClass();
    const csv = `name\nAnn\n${'\n'.repeat(BODY_BYTES)}`;
    expect((await ines.post(`${path}/roster`, { csv })).json).toMatchObject({ added: 1 });
    const tooLong = await ines.post(`${path}/roster`, { csv: 'x'.repeat(CLASS_LIMITS.csvCharacters + 1) });
    expect(refusal(tooLong)).toEqual([400, 'bad_request']);
    const huge = await ines.post(`${path}/roster`, { csv: 'x'.repeat(2 * 1024 * 1024) });
    expect(refusal(huge)).toEqual([413, 'payload_too_large']);
    expect(refusal(await ines.post(`${path}/pause`, { csv }))).toEqual([413, 'payload_too_large']);
  });

  test('has nothing to do with the classes of another, nor with those that are none', async () => {
    const { path } = await openClass();
    const ivan = await server.account('ivan', 'instructor');
    for (const where of [path, '/api/classes/aaaaaaaa', '/api/classes/NO'])
      for (const answer of await instructing(ivan, where))
        expect([where, ...refusal(answer)]).toEqual([where, 404, 'not_found']);
    expect((await ivan.get('/api/classes')).json).toMatchObject({ teaching: [] });
    expect((await ines.get('/api/classes')).json).toMatchObject({ teaching: [{ name: SETTINGS.name }] });
  });
});

/** Everything that only the instructor of a class may ask. */
async function instructing(browser: Browser, path: string): Promise<Answer[]> {
  return [
    await browser.get(path),
    await put(browser, path, SETTINGS),
    await browser.post(`${path}/code`, OPEN),
    await browser.delete(`${path}/code`),
    await browser.post(`${path}/pause`, { paused: true }),
    await browser.get(`${path}/roster`),
    await browser.post(`${path}/roster`, { csv: 'name\nAnn' }),
    await browser.delete(`${path}/learners/aaaaaaaa`),
    await browser.delete(path),
  ];
}

test('a learner and a guest are refused on every route of instructors', async () => {
  const { path, join } = await openClass();
  const learner = await server.account('ann');
  await learner.post('/api/classes/join', { code: join });
  for (const browser of [learner, await server.guest()]) {
    for (const where of [path, '/api/classes/aaaaaaaa'])
      for (const answer of await instructing(browser, where))
        expect(refusal(answer)).toEqual([403, 'not_allowed']);
    expect(refusal(await browser.post('/api/classes', SETTINGS))).toEqual([403, 'not_allowed']);
  }
});

test('who has not signed in is refused on every route but that of codes', async () => {
  const { path, join } = await openClass();
  const browser = server.browser();
  const answers = [
    ...(await instructing(browser, path)),
    await browser.get('/api/classes'),
    await browser.post('/api/classes', SETTINGS),
    await browser.post('/api/classes/join', { code: join }),
    await browser.post(`${path}/leave`),
    await browser.post(`${path}/hand`, { raised: true }),
  ];
  for (const answer of answers) expect(refusal(answer)).toEqual([401, 'not_signed_in']);
  expect((await browser.get(`/api/join/${join}`)).json).toMatchObject({ name: SETTINGS.name, joined: false });
});

test('a meeting is announced, told, and called off', async () => {
  const { path } = await openClass();
  const meeting = { at: '2030-06-01T08:00:00.000Z', learners: 30, lesson: HELLO };
  expect((await ines.get(`${path}/meeting`)).json).toBeNull();
  expect((await put(ines, `${path}/meeting`, meeting)).json).toMatchObject({ ...meeting, stage: 'planned' });
  expect((await ines.get(`${path}/meeting`)).json).toMatchObject({ waiting: 0, capacity: 40 });
  const long = { ...meeting, at: '2000-01-01T08:00:00.000Z' };
  expect(refusal(await put(ines, `${path}/meeting`, long))).toEqual([400, 'bad_request']);
  const max = await server.account('max', 'instructor');
  expect(refusal(await max.get(`${path}/meeting`))).toEqual([404, 'not_found']);
  expect((await ines.send('DELETE', `${path}/meeting`)).status).toBe(204);
  expect((await ines.get(`${path}/meeting`)).json).toBeNull();
});

test('a page of another origin changes nothing', async () => {
  const { path } = await openClass();
  ines.origin = 'http://evil.test';
  expect(refusal(await ines.delete(path))).toEqual([403, 'wrong_origin']);
});

describe('a learner', () => {
  test('joins as a guest with a name, raises a hand, and leaves', async () => {
    const { path, join, id } = await openClass();
    const guest = await server.guest();
    expect((await guest.get(`/api/join/${join.toLowerCase().replace('-', '')}`)).json).toEqual({
      name: SETTINGS.name,
      instructor: 'ines',
      locale: 'en',
      lessons: 1,
      joined: false,
    });
    const joined = await guest.post('/api/classes/join', { code: join, name: ' Ann ' });
    expect(joined.json).toMatchObject({ class: id, as: 'Ann', instructor: 'ines', handAt: null });
    expect((await guest.get(`/api/join/${join}`)).json).toMatchObject({ joined: true });
    const { learner } = joined.json as Membership;
    expect((await guest.post('/api/classes/join', { code: join, name: 'Eve' })).json).toMatchObject({
      learner,
      as: 'Ann',
    });
    expect((await guest.post(`${path}/hand`, { raised: true })).json).toMatchObject({
      handAt: expect.any(String),
    });
    expect((await guest.get('/api/classes')).json).toMatchObject({
      mayTeach: false,
      teaching: [],
      learning: [{ class: id, learner }],
    });
    expect((await ines.get(`${path}/roster`)).json).toMatchObject([{ name: 'Ann', guest: true }]);
    expect((await guest.post(`${path}/leave`)).status).toBe(204);
    expect(refusal(await guest.post(`${path}/leave`))).toEqual([404, 'not_found']);
    expect(refusal(await guest.post(`${path}/hand`, { raised: true }))).toEqual([404, 'not_found']);
  });

  test('stays in the class on becoming an account, in the place that the list had for it', async () => {
    const { path, join } = await openClass();
    await ines.post(`${path}/roster`, { csv: 'name,email,number\nAnn Smith,ann@example.org,17' });
    const guest = await server.guest();
    const { learner } = (await guest.post('/api/classes/join', { code: join, name: 'A.' }))
      .json as Membership;
    await guest.signUp('ann');
    expect((await guest.get('/api/classes')).json).toMatchObject({ learning: [{ learner }] });
    expect((await ines.get(`${path}/roster`)).json).toEqual([
      {
        learner,
        name: 'Ann Smith',
        email: 'ann@example.org',
        number: '17',
        guest: false,
        joinedAt: expect.any(String),
      },
    ]);
    // And so it stands in the store.
    const [kept] = await server.store.classes.enrolments();
    expect(kept).toMatchObject({ id: learner, name: 'Ann Smith', number: '17' });
  });

  test('who was removed comes back by a new code only', async () => {
    const { path, join } = await openClass();
    const ann = await server.account('ann');
    const { learner } = (await ann.post('/api/classes/join', { code: join })).json as Membership;
    await ines.delete(`${path}/learners/${learner}`);
    expect(refusal(await ann.get(`/api/join/${join}`))).toEqual([403, 'not_allowed']);
    expect(refusal(await ann.post('/api/classes/join', { code: join }))).toEqual([403, 'not_allowed']);
    const { code } = (await ines.post(`${path}/code`, OPEN)).json as ClassView;
    expect((await ann.post('/api/classes/join', { code: code!.code })).status).toBe(200);
  });

  test('is told why a code lets nobody in', async () => {
    const { path, join } = await openClass({ expiresAt: '2030-01-01T01:00:00Z', maxUses: 1 });
    const [ann, bo] = [await server.guest(), await server.guest()];
    expect(refusal(await ann.get('/api/join/AAAA-AAAA'))).toEqual([404, 'join_code_unknown']);
    expect(refusal(await ann.get('/api/join/nonsense!'))).toEqual([404, 'join_code_unknown']);
    expect(refusal(await ann.post('/api/classes/join', { code: 'nonsense!' }))).toEqual([400, 'bad_request']);
    await ann.post('/api/classes/join', { code: join });
    expect(refusal(await bo.get(`/api/join/${join}`))).toEqual([409, 'join_code_used_up']);
    expect(refusal(await bo.post('/api/classes/join', { code: join }))).toEqual([409, 'join_code_used_up']);
    await server.clock.advance(3_600_000);
    expect(refusal(await bo.post('/api/classes/join', { code: join }))).toEqual([410, 'join_code_expired']);
    await ines.delete(`${path}/code`);
    expect(refusal(await bo.post('/api/classes/join', { code: join }))).toEqual([404, 'join_code_unknown']);
  });

  test('who guesses at codes is slowed down, as one guest and as many', async () => {
    const guest = await server.guest();
    const guess = (browser: Browser) =>
      browser.get('/api/join/AAAA-AAAA', { 'x-forwarded-for': '203.0.113.7' });
    for (let count = 0; count < RATES.join.burst; count++) await guess(guest);
    expect(refusal(await guess(guest))).toEqual([429, 'too_many_requests']);
    expect(refusal(await guess(await server.guest()))).toEqual([429, 'too_many_requests']);
  });
});

test('classes and places are there again after the server was away', async () => {
  const { join, id } = await openClass();
  const ann = await server.account('ann');
  await ann.post('/api/classes/join', { code: join });
  const { openClasses } = await import('#server/classroom/classes.ts');
  const { store, clock, lessons } = server;
  const again = await openClasses({ table: store.classes, users: store.users, lessons, clock });
  expect(again.all()).toEqual(server.classes.all());
  expect(again.learners(id)).toEqual(server.classes.learners(id));
});
