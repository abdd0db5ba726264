import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meSchema } from '#server/protocol/account.ts';
import { PASSWORD } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';
import { RATES } from './rate-limit.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const me = async (browser: { get(path: string): Promise<{ json: unknown }> }) =>
  meSchema.parse((await browser.get('/api/me')).json);

describe('a guest', () => {
  test('is made by one request without a form', async () => {
    const browser = server.browser();
    expect(await me(browser)).toEqual({ user: null, firstAccount: true });
    const answer = await browser.post('/api/auth/sign-in/anonymous');
    expect(answer.json).toMatchObject({
      user: { role: 'guest', email: null, name: expect.stringMatching(/^Guest \d{4}$/) },
      firstAccount: true,
    });
    expect((await me(browser)).user).toEqual((answer.json as { user: unknown }).user);
  });

  test('stays the same guest when it asks again', async () => {
    const browser = await server.guest();
    const before = await me(browser);
    expect((await browser.post('/api/auth/sign-in/anonymous')).json).toEqual(before);
  });

  test('becomes an account and keeps all work', async () => {
    const browser = await server.guest();
    const guestId = (await me(browser)).user!.id;
    const opened = await browser.post('/api/sandboxes', { lesson: HELLO });
    expect(opened.status).toBe(201);
    const { id } = opened.json as { id: string };
    const task = { task: 'hello-ran', passedAt: new Date(0), hintsGiven: 0, solved: false };
    await server.store.progress.saveTask(guestId, HELLO, task);

    const { user } = await browser.signUp('ann');
    expect(user).toMatchObject({ name: 'ann', email: 'ann@example.org' });
    expect(await me(browser)).toMatchObject({ user, firstAccount: false });
    expect((await browser.get(`/api/sandboxes/${id}`)).status).toBe(200);
    expect(await server.store.progress.tasks(user!.id, HELLO)).toEqual([task]);
    expect(await server.store.users.get(guestId)).toBeNull();
    // Open pages show the ticks of both.
    expect(server.tasks.caughtUp).toEqual([user!.id]);
  });

  test('who signs in to an account brings the work along', async () => {
    await server.account('ann');
    const browser = await server.guest();
    const { id } = (await browser.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
    const signIn = await browser.post('/api/auth/sign-in/email', {
      email: 'ann@example.org',
      password: PASSWORD,
    });
    expect(signIn.status).toBe(200);
    expect((await browser.get(`/api/sandboxes/${id}`)).status).toBe(200);
  });
});

describe('an account', () => {
  test('made first is admin, the next one is a learner', async () => {
    const first = await server.browser().signUp('ann');
    const second = await server.browser().signUp('bob');
    expect([first.user?.role, second.user?.role]).toEqual(['admin', 'learner']);
  });

  test('of two made in the same moment only one is admin', async () => {
    const both = await Promise.all([server.browser().signUp('ann'), server.browser().signUp('bob')]);
    const roles = await Promise.all(both.map(({ user }) => server.store.users.get(user!.id)));
    expect(roles.map((user) => user?.role).toSorted()).toEqual(['admin', 'learner']);
  });

  test('can be given another role, which holds at once', async () => {
    const ann = await server.account('ann', 'instructor');
    expect((await me(ann)).user?.role).toBe('instructor');
    await server.store.users.setRole((await me(ann)).user!.id, 'learner');
    expect((await me(ann)).user?.role).toBe('learner');
  });

  test('cannot choose its own role', async () => {
    await server.account('ann');
    const body = { name: 'eve', email: 'eve@example.org', password: PASSWORD, role: 'admin' };
    expect((await server.browser().post('/api/auth/sign-up/email', body)).status).toBe(400);
  });

  test('signs out for good: the old cookie opens nothing', async () => {
    const ann = await server.account('ann');
    const { cookie } = ann;
    expect((await ann.post('/api/auth/sign-out')).json).toMatchObject({ user: null });
    expect((await me(ann)).user).toBeNull();
    expect((await server.browser().get('/api/me', { cookie })).json).toMatchObject({ user: null });
  });

  test('is refused with a wrong password and with a taken address', async () => {
    const ann = await server.account('ann');
    const wrong = await server
      .browser()
      .post('/api/auth/sign-in/email', { email: 'ann@example.org', password: 'wrong' });
    expect(wrong.status).toBe(403);
    expect(wrong.json).toMatchObject({
      error: { code: 'not_allowed', hint: 'INVALID_EMAIL_OR_PASSWORD' },
    });
    const taken = { name: 'x', email: 'ann@example.org', password: PASSWORD };
    expect((await server.browser().post('/api/auth/sign-up/email', taken)).json).toMatchObject({
      error: { code: 'bad_request', hint: expect.stringContaining('USER_ALREADY_EXISTS') },
    });
    expect((await me(ann)).user?.name).toBe('ann');
  });
});

test('the session cookie is out of reach for scripts, and no answer tells the token', async () => {
  const answer = await server.browser().post('/api/auth/sign-in/anonymous');
  const cookie = answer.headers['set-cookie']!.find((line) => line.includes('session_token'))!;
  expect(cookie).toMatch(/^drydock\.session_token=.*HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);
  const token = decodeURIComponent(/=([^;]+)/.exec(cookie)![1]!).split('.')[0]!;
  expect(answer.text).not.toContain(token);
});

test('behind TLS the cookie is never sent in the clear', async () => {
  await using tls = await openTestServer({ origins: ['https://learn.example.org'] });
  const answer = await tls.browser().post('/api/auth/sign-in/anonymous');
  expect(answer.headers['set-cookie']!.join('\n')).toMatch(/^__Host-drydock\.session_token=.*Secure/i);
  expect(answer.headers['strict-transport-security']).toContain('max-age');
});

test('a forged cookie is nobody', async () => {
  const { json } = await server.browser().get('/api/me', { cookie: 'drydock.session_token=abc.def' });
  expect(json).toMatchObject({ user: null });
});

test('guessing the password of one address is slowed down, whoever guesses', async () => {
  await server.account('ann');
  const guess = async () => {
    const body = { email: 'Ann@example.org', password: 'guess' };
    return (await server.browser().post('/api/auth/sign-in/email', body)).status;
  };
  const statuses = [];
  for (let attempt = 0; attempt <= RATES.signInAddress.burst; attempt++) statuses.push(await guess());
  expect(statuses.filter((status) => status === 403)).toHaveLength(RATES.signInAddress.burst);
  expect(statuses.at(-1)).toBe(429);
});

test('other addresses of better-auth are not served', async () => {
  const ann = await server.account('ann');
  for (const path of ['update-user', 'delete-user', 'list-sessions', 'change-email', 'get-session'])
    expect((await ann.post(`/api/auth/${path}`)).status).toBe(404);
});

test('guests made by the dozen do not bring new tries along', async () => {
  const guests = await Promise.all(Array.from({ length: 10 }, () => server.guest()));
  const statuses = [];
  for (let attempt = 0; attempt <= RATES.signUp.burst; attempt++) {
    const guest = guests[attempt % guests.length]!;
    statuses.push((await guest.post('/api/auth/sign-up/email', { name: '' })).status);
  }
  expect(statuses.at(-2)).toBe(400);
  expect(statuses.at(-1)).toBe(429);
});
