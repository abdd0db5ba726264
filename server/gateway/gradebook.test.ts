/** Gradebooks over the real door: for their instructor, as a table, and for programs with a token. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClassView, Membership } from '#server/protocol/classes.ts';
import { gradebookSchema, type MadeToken } from '#server/protocol/gradebook.ts';
import { RATES } from './rate-limit.ts';
import type { Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { refusal } from './testing/classroom.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let ines: Browser;
let made: ClassView;
let path: string;
beforeEach(async () => {
  server = await openTestServer();
  await server.account('root', 'admin');
  ines = await server.account('ines', 'instructor');
  made = (
    await ines.post('/api/classes', {
      name: 'Group «A»/1',
      locale: 'zh',
      lessons: [{ lesson: HELLO, dueAt: null, weight: 1 }],
      latePercent: 50,
    })
  ).json as ClassView;
  path = `/api/classes/${made.id}`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const program = (secret: string) =>
  Object.assign(server.browser(), { origin: null }).get('/api/v1/gradebook', {
    authorization: `Bearer ${secret}`,
  });

async function joined(name: string): Promise<Membership> {
  const { code } = (await ines.post(`${path}/code`, { expiresAt: null, maxUses: null })).json as ClassView;
  const browser = await server.account(name);
  await browser.post('/api/sandboxes', { lesson: HELLO });
  const { user } = (await browser.get('/api/me')).json as { user: { id: string } };
  await server.store.progress.saveTask(user.id, HELLO, {
    task: 'hello-ran',
    passedAt: server.clock.now(),
    hintsGiven: 1,
  });
  return (await browser.post('/api/classes/join', { code: code!.code })).json as Membership;
}

test('an instructor reads it, and takes it along as a table', async () => {
  const { learner } = await joined('ann');
  await ines.post(`${path}/roster`, { csv: 'name,number\n"=HYPERLINK(""x"")",17' });
  const book = gradebookSchema.parse((await ines.get(`${path}/gradebook`)).json);
  expect(book.rows).toMatchObject([
    { name: '=HYPERLINK("x")', scores: [{ score: null }], total: 0 },
    { learner, email: 'ann@example.org', scores: [{ score: 70, passed: 1, hinted: 1 }], total: 70 },
  ]);
  const csv = await ines.get(`${path}/gradebook.csv`);
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': "attachment; filename*=UTF-8''Group%20%C2%ABA%C2%BB%2F1.csv",
  });
  expect(csv.text.split('\r\n')).toEqual([
    '姓名,邮箱,学号,Hello (basics/hello),总分',
    `"'=HYPERLINK(""x"")",,17,,0`,
    'ann,ann@example.org,,70,70',
    '',
  ]);
  expect((await ines.get(`${path}/gradebook.csv?bom=1`)).text).toBe(`\uFEFF${csv.text}`);
});

test('a program reads it with a token, which is shown once and works until it is removed', async () => {
  await joined('ann');
  const answer = await ines.post(`${path}/tokens`, { name: 'LMS' });
  expect(answer.status).toBe(201);
  const { token, secret } = answer.json as MadeToken;
  expect(secret).toMatch(/^ddk_[\w-]{43}$/);
  expect((await program(secret)).json).toMatchObject({ class: { id: made.id }, rows: [{ name: 'ann' }] });
  const listed = await ines.get(`${path}/tokens`);
  expect(listed.json).toEqual([{ ...token, lastUsedAt: server.clock.now().toISOString() }]);
  expect(JSON.stringify(await server.store.classes.tokens(made.id))).not.toContain(secret.slice(4));
  expect((await ines.delete(`${path}/tokens/${token.id}`)).status).toBe(204);
  expect(refusal(await ines.delete(`${path}/tokens/${token.id}`))).toEqual([404, 'not_found']);
  expect(refusal(await program(secret))).toEqual([401, 'not_signed_in']);
});

test('a token opens nothing once its instructor is none any more, nor when the class is gone', async () => {
  const { secret } = (await ines.post(`${path}/tokens`, { name: 'LMS' })).json as MadeToken;
  await server.store.users.setRole(made.id && server.classes.get(made.id)!.ownerId, 'learner');
  expect(refusal(await program(secret))).toEqual([401, 'not_signed_in']);
  await server.store.users.setRole(server.classes.get(made.id)!.ownerId, 'instructor');
  expect((await program(secret)).status).toBe(200);
  await ines.delete(path);
  expect(refusal(await program(secret))).toEqual([401, 'not_signed_in']);
});

test('whoever tries wrong tokens is stopped before anything is looked up', async () => {
  const { secret } = (await ines.post(`${path}/tokens`, { name: 'LMS' })).json as MadeToken;
  const wrong = ['', 'ddk_', secret.slice(0, -1), `${secret}x`, secret.replace('ddk_', 'dde_')];
  for (let count = 0; count < RATES.badToken.burst; count++)
    expect(refusal(await program(wrong[count % wrong.length]!))).toEqual([401, 'not_signed_in']);
  expect(refusal(await program(secret))).toEqual([429, 'too_many_requests']);
  await server.clock.advance(60_000);
  expect((await program(secret)).status).toBe(200);
});

test('a cookie alone opens no gradebook of the programs’, and a token none of the pages’', async () => {
  const { secret } = (await ines.post(`${path}/tokens`, { name: 'LMS' })).json as MadeToken;
  expect(refusal(await ines.get('/api/v1/gradebook'))).toEqual([401, 'not_signed_in']);
  const headers = { authorization: `Bearer ${secret}` };
  expect(refusal(await server.browser().get(`${path}/gradebook`, headers))).toEqual([401, 'not_signed_in']);
});

test('another instructor finds nothing, a learner may not, and nobody else neither', async () => {
  const asked = async (browser: Browser) => [
    await browser.get(`${path}/gradebook`),
    await browser.get(`${path}/gradebook.csv`),
    await browser.get(`${path}/tokens`),
    await browser.post(`${path}/tokens`, { name: 'mine' }),
    await browser.delete(`${path}/tokens/aaaaaaaa`),
  ];
  for (const answer of await asked(await server.account('ivan', 'instructor')))
    expect(refusal(answer)).toEqual([404, 'not_found']);
  for (const answer of await asked(await server.account('ann')))
    expect(refusal(answer)).toEqual([403, 'not_allowed']);
  for (const answer of await asked(server.browser())) expect(refusal(answer)).toEqual([401, 'not_signed_in']);
});
