import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SandboxError } from '#server/sandbox/contract.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { BODY_BYTES } from './call.ts';
import { RATES } from './rate-limit.ts';
import { ROUTES } from './routes.ts';
import type { Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server[Symbol.asyncDispose]());

const code = (answer: { json: unknown }) => (answer.json as { error: { code: string } }).error.code;
const open = async (browser: Browser) =>
  ((await browser.post('/api/sandboxes', { lesson: HELLO })).json as { id: string }).id;

describe('a request is refused', () => {
  test.each(ROUTES.filter((route) => route.method !== 'GET'))(
    '$method $path from another page or from none',
    async (route) => {
      const browser = await server.guest();
      const path = route.path.replace(':id', await open(browser));
      for (const origin of ['http://evil.test', 'null', `${server.parts.origins[0]}.evil.test`, null]) {
        browser.origin = origin;
        const answer = await browser.send(route.method, path);
        expect([answer.status, code(answer)]).toEqual([403, 'wrong_origin']);
      }
    },
  );

  test.each(ROUTES.filter((route) => !route.anyone))('$method $path without a session', async (route) => {
    const answer = await server.browser().send(route.method, route.path.replace(':id', 'aaaaaaa2'));
    expect([answer.status, code(answer)]).toEqual([401, 'not_signed_in']);
  });

  test.each(ROUTES.filter((route) => route.path.includes(':id')))(
    '$method $path by a stranger',
    async (route) => {
      const id = await open(await server.guest());
      const stranger = await server.guest();
      const body = route.path.endsWith('answer') ? { task: 'a', value: 'b' } : { task: 'a' };
      const others: Record<string, object> = {
        files: { action: 'create-file' },
        terminals: { action: 'open', machine: 'node1', name: '2' },
        snapshots: { name: 'mine' },
        rewind: { to: 'step', step: 'run' },
        fork: { snapshot: 'first' },
        typing: { wanted: true },
        ':watcher': { allow: true },
      };
      const sent = /extend|machines$|:id$/.test(route.path)
        ? {}
        : (others[route.path.split('/').at(-1)!] ?? body);
      const answer = await stranger.send(route.method, route.path.replace(':id', id), {
        body: route.method === 'POST' ? JSON.stringify(sent) : '',
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, code(answer)]).toEqual([403, 'not_allowed']);
      expect(server.sandboxes.get(id)?.state).toBe('ready');
    },
  );

  test('with a method that the address does not take', async () => {
    const answer = await server.browser().send('PUT', '/api/sandboxes');
    expect([answer.status, code(answer)]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.allow).toBe('GET, POST');
  });

  test('with an address that is not there', async () => {
    for (const path of ['/api/', '/api/nothing', '/api/sandboxes/a/b', '/api/sandboxes/%E0%A4%A'])
      expect((await (await server.guest()).get(path)).status).toBe(404);
  });

  test('with a body that is too large, whatever its declared length', async () => {
    const browser = await server.guest();
    const body = Buffer.alloc(BODY_BYTES + 1, 0x20);
    const declared: Record<string, string>[] = [{}, { 'transfer-encoding': 'chunked' }];
    for (const headers of declared) {
      const answer = await browser.send('POST', '/api/sandboxes', {
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      expect([answer.status, code(answer)]).toEqual([413, 'payload_too_large']);
    }
  });

  test.each([
    ['not JSON', '{', 'application/json'],
    ['a form', 'playground=true', 'application/x-www-form-urlencoded'],
    ['plain text', '{"playground":true}', 'text/plain'],
    ['an unknown field', '{"playground":true,"root":true}', 'application/json'],
    ['a list', '[]', 'application/json'],
    ['too many machines', '{"playground":true,"machines":50}', 'application/json'],
    ['a path for a lesson', '{"lesson":{"course":"..","lesson":"x"}}', 'application/json'],
  ])('with a body that is %s', async (_name, body, type) => {
    const browser = await server.guest();
    const answer = await browser.send('POST', '/api/sandboxes', { body, headers: { 'content-type': type } });
    expect([answer.status, code(answer)]).toEqual([400, 'bad_request']);
  });

  test('when it comes too often, and told to wait', async () => {
    const browser = await server.guest();
    const statuses: number[] = [];
    for (let count = 0; count <= RATES.openSandbox.burst; count++)
      statuses.push((await browser.post('/api/sandboxes', { playground: true })).status);
    expect(statuses.at(-2)).toBe(200);
    const last = await browser.post('/api/sandboxes', { playground: true });
    expect([last.status, code(last), last.headers['retry-after']]).toEqual([429, 'too_many_requests', '30']);
    await server.clock.advance(60_000);
    expect((await browser.post('/api/sandboxes', { playground: true })).status).toBe(200);
  });
});

describe('sandboxes', () => {
  test('are opened, joined, listed, extended and closed by their learner', async () => {
    const browser = await server.guest();
    const id = await open(browser);
    expect((await browser.post('/api/sandboxes', { lesson: HELLO })).status).toBe(200);
    expect((await browser.get('/api/sandboxes')).json).toMatchObject([{ id, lesson: HELLO }]);
    expect((await browser.post(`/api/sandboxes/${id}/extend`)).json).toMatchObject({ id });
    expect((await browser.delete(`/api/sandboxes/${id}`)).status).toBe(204);
    const gone = await browser.get(`/api/sandboxes/${id}`);
    expect([gone.status, code(gone)]).toEqual([410, 'sandbox_closed']);
    const never = await browser.get('/api/sandboxes/zzzzzzzz');
    expect([never.status, code(never)]).toEqual([404, 'not_found']);
  });

  test('of others are seen, but not changed, by an admin', async () => {
    const id = await open(await server.guest());
    const admin = await server.account('ann', 'admin');
    expect((await admin.get(`/api/sandboxes/${id}`)).status).toBe(200);
    expect((await admin.get('/api/sandboxes')).json).toEqual([]);
    expect((await admin.delete(`/api/sandboxes/${id}`)).status).toBe(403);
    const instructor = await server.account('ira', 'instructor');
    expect((await instructor.get(`/api/sandboxes/${id}`)).status).toBe(403);
  });

  test('that the room refuses are refused in its words', async () => {
    const browser = await server.guest();
    server.sandboxes.openFails = new SandboxError('too_many_sandboxes', 'You have 5. Close one first.');
    const answer = await browser.post('/api/sandboxes', { playground: true });
    expect(answer.json).toEqual({
      error: { code: 'too_many_sandboxes', message: 'You have 5. Close one first.' },
    });
    expect(answer.status).toBe(429);
  });

  test('give hints, solutions and verdicts', async () => {
    const browser = await server.guest();
    const path = `/api/sandboxes/${await open(browser)}`;
    expect((await browser.post(`${path}/hint`, { task: 'hello-ran' })).json).toMatchObject({
      hintsGiven: [{ en: 'Type it.' }],
    });
    expect((await browser.post(`${path}/solve`, { task: 'hello-ran' })).json).toMatchObject({
      lines: [{ machine: 'node1', text: 'docker run hello-world' }],
    });
    const right = await browser.post(`${path}/answer`, { task: 'hello-ran', value: '42' });
    expect(right.json).toMatchObject({ passed: true });
  });
});

describe('lessons', () => {
  test('are listed in the language asked for, with the progress of who asks', async () => {
    const browser = await server.guest();
    await open(browser);
    const { user } = (await browser.get('/api/me')).json as { user: { id: string } };
    await server.store.progress.saveLesson(user.id, HELLO, { step: 'look' });
    const mine = (await browser.get('/api/courses?locale=zh')).json;
    expect(mine).toMatchObject([
      {
        title: '基础',
        lessons: [{ progress: { step: 'look', stepNumber: 2, lastOpenedAt: '2030-01-01T00:00:00.000Z' } }],
      },
    ]);
    const anyone = (await server.browser().get('/api/courses')).json;
    expect(anyone).toMatchObject([{ title: 'Basics', lessons: [{ progress: { stepNumber: null } }] }]);
  });

  test('are shown to anyone; an unknown one is not found', async () => {
    const browser = server.browser();
    expect((await browser.get('/api/lessons/basics/hello?locale=en')).status).toBe(200);
    expect((await browser.get('/api/lessons/basics/nope')).status).toBe(404);
    expect((await browser.get('/api/lessons/basics/..%2F..')).status).toBe(404);
    expect((await browser.get('/api/courses?locale=xx')).status).toBe(400);
  });
});

describe('a lesson', () => {
  const restart = '/api/lessons/basics/hello/restart';
  const progressOf = async (browser: Browser) => {
    const courses = (await browser.get('/api/courses')).json as Course[];
    return courses[0]!.lessons[0]!.progress;
  };
  const withProgress = async () => {
    const browser = await server.guest();
    const id = await open(browser);
    const { user } = (await browser.get('/api/me')).json as { user: { id: string } };
    const { progress } = server.store;
    await progress.saveTask(user.id, HELLO, { task: 'hello-ran', passedAt: new Date(0), hintsGiven: 1 });
    await progress.saveTask(user.id, HELLO, { task: 'no-longer-there', passedAt: new Date(0) });
    await progress.saveLesson(user.id, HELLO, { step: 'look', finishedAt: new Date(0) });
    return { browser, id };
  };

  test('of a scored course tells its points, and counts only the tasks that it has', async () => {
    const { browser } = await withProgress();
    expect(await progressOf(browser)).toMatchObject({ tasksPassed: 1, points: { earned: 7, most: 10 } });
    expect(await progressOf(server.browser())).toMatchObject({ tasksPassed: 0, points: { earned: 0 } });
  });

  test('started again closes the machine and forgets what was done', async () => {
    const { browser, id } = await withProgress();
    expect((await browser.post(restart)).status).toBe(204);
    expect((await browser.get(`/api/sandboxes/${id}`)).status).toBe(410);
    expect(await progressOf(browser)).toMatchObject({ tasksPassed: 0, stepNumber: null, finishedAt: null });
  });

  test('started again does not give back the points that help has cost', async () => {
    const { browser } = await withProgress();
    await browser.post(restart);
    const { user } = (await browser.get('/api/me')).json as { user: { id: string } };
    await server.store.progress.saveTask(user.id, HELLO, { task: 'hello-ran', passedAt: new Date(1) });
    await open(browser);
    expect(await progressOf(browser)).toMatchObject({ points: { earned: 7, most: 10 } });
  });

  test('of somebody else is not touched, and one that is not there is not found', async () => {
    const { browser, id } = await withProgress();
    const stranger = await server.guest();
    expect((await stranger.post(restart)).status).toBe(204);
    expect((await browser.get(`/api/sandboxes/${id}`)).status).toBe(200);
    expect(await progressOf(browser)).toMatchObject({ tasksPassed: 1 });
    expect((await browser.post('/api/lessons/basics/nope/restart')).status).toBe(404);
  });

  test('is read with its ticks, by who has some', async () => {
    const path = '/api/lessons/basics/hello/tasks';
    expect((await (await server.guest()).get(path)).json).toMatchObject([{ id: 'hello-ran', passed: true }]);
    expect((await server.browser().get(path)).json).toEqual([]);
    expect((await server.browser().get('/api/lessons/basics/nope/tasks')).status).toBe(404);
  });
});

test('an error that nobody foresaw tells nothing of our inside and is logged', async () => {
  const browser = await server.guest();
  server.sandboxes.openFails = new Error('secret path /var/lib/drydock');
  const answer = await browser.post('/api/sandboxes', { playground: true });
  expect([answer.status, code(answer)]).toEqual([500, 'internal']);
  expect(answer.text).not.toContain('secret');
  expect(server.errors.join()).toContain('secret path');
});

test('every answer is held back from other pages and caches', async () => {
  const { headers } = await server.browser().get('/api/me');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
});

test('health tells up from down', async () => {
  expect((await server.browser().get('/api/health')).status).toBe(200);
  await using down = await openTestServer({
    health: async () => ({ ok: false, engine: 'down', version: '0.1.0' }),
  });
  expect((await down.browser().get('/api/health')).status).toBe(503);
});

test('metrics count what there is, for who runs the server only', async () => {
  await open(await server.guest());
  const { text } = await server.browser().get('/metrics');
  expect(text).toContain('drydock_sandboxes{state="ready"} 1');
  expect(text).toContain('drydock_warm_machines 2');
  expect(text).toContain('drydock_limit_sandboxes_per_user 5');
  expect(text).toMatch(/drydock_requests_total\{route="POST \/api\/sandboxes",status="201"\} 1/);
  const proxied = { 'x-forwarded-for': '10.0.0.1' };
  expect((await server.browser().get('/metrics', proxied)).status).toBe(403);
});
