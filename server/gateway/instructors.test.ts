/** An admin says who may make classes, and takes it back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Browser } from './testing/browser.ts';
import { refusal, SETTINGS } from './testing/classroom.ts';
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

const PATH = '/api/admin/instructors';
const idOf = async (browser: Browser) =>
  ((await browser.get('/api/me')).json as { user: { id: string } }).user.id;

test('an account is named by its address, whatever the case, and may make classes at once', async () => {
  const ann = await server.account('ann');
  expect((await ann.get('/api/classes')).json).toMatchObject({ mayTeach: false });
  const named = await root.post(PATH, { email: 'Ann@Example.org' });
  expect(named.json).toEqual([{ id: await idOf(ann), name: 'ann', email: 'ann@example.org' }]);
  expect((await root.get(PATH)).json).toEqual(named.json);
  expect((await ann.post('/api/classes', SETTINGS)).status).toBe(201);
});

test('what is taken back holds at once; the classes stay, for an admin', async () => {
  const ann = await server.account('ann', 'instructor');
  const { id } = (await ann.post('/api/classes', SETTINGS)).json as { id: string };
  expect((await root.delete(`${PATH}/${await idOf(ann)}`)).json).toEqual([]);
  expect(refusal(await ann.get(`/api/classes/${id}`))).toEqual([403, 'not_allowed']);
  expect((await root.get(`/api/classes/${id}`)).json).toMatchObject({ instructor: 'ann' });
  expect(refusal(await root.delete(`${PATH}/${await idOf(ann)}`))).toEqual([404, 'not_found']);
});

test('an admin stays an admin, by either way', async () => {
  expect((await root.post(PATH, { email: 'root@example.org' })).json).toEqual([]);
  expect(refusal(await root.delete(`${PATH}/${await idOf(root)}`))).toEqual([404, 'not_found']);
  expect((await root.get('/api/me')).json).toMatchObject({ user: { role: 'admin' } });
});

test('nobody’s address and a guest’s are not found', async () => {
  const guest = await server.guest();
  const kept = (await server.store.people.kept(await idOf(guest)))!;
  expect(kept.account).not.toHaveProperty('email');
  expect(refusal(await root.post(PATH, { email: 'nobody@example.org' }))).toEqual([404, 'not_found']);
  expect(refusal(await root.post(PATH, { email: 'no address' }))).toEqual([400, 'bad_request']);
  expect(refusal(await root.delete(`${PATH}/${await idOf(guest)}`))).toEqual([404, 'not_found']);
});

test('nobody but an admin names instructors', async () => {
  const asked = async (browser: Browser) => [
    await browser.get(PATH),
    await browser.post(PATH, { email: 'root@example.org' }),
    await browser.delete(`${PATH}/aaaaaaaa`),
  ];
  for (const browser of [
    await server.account('ines', 'instructor'),
    await server.account('ann'),
    await server.guest(),
  ])
    for (const answer of await asked(browser)) expect(refusal(answer)).toEqual([403, 'not_allowed']);
  for (const answer of await asked(server.browser())) expect(refusal(answer)).toEqual([401, 'not_signed_in']);
});
