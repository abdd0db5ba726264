import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import { RATES } from './rate-limit.ts';
import type { Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let learner: Browser;
let feed: string;
let terminal: string;

beforeEach(async () => {
  server = await openTestServer();
  learner = await server.guest();
  const { id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
  feed = `/api/sandboxes/${id}/feed`;
  terminal = `/api/sandboxes/${id}/machines/node1/terminals/1`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

describe.each(['feed', 'terminal'])('the %s', (kind) => {
  const path = () => (kind === 'feed' ? feed : terminal);

  test('opens for its learner', async () => {
    await learner.socket(path()).isOpen();
  });

  test.each(['http://evil.test', 'null', null])('is refused to a page of %s', async (origin) => {
    learner.origin = origin;
    expect(await learner.socket(path()).isClosed()).toEqual({
      code: CLOSE_CODES.notAllowed,
      reason: 'wrong_origin',
    });
  });

  test('is refused to a browser that nobody has signed in with', async () => {
    const closed = await server.browser().socket(path()).isClosed();
    expect(closed).toEqual({ code: CLOSE_CODES.notSignedIn, reason: 'not_signed_in' });
  });

  test('is refused to a stranger', async () => {
    const closed = await (await server.guest()).socket(path()).isClosed();
    expect(closed).toEqual({ code: CLOSE_CODES.notAllowed, reason: 'not_allowed' });
  });

  test('the page is asked about before the user, and the user before the sandbox', async () => {
    const browser = server.browser();
    browser.origin = 'http://evil.test';
    expect((await browser.socket(path()).isClosed()).reason).toBe('wrong_origin');
    browser.origin = learner.origin;
    expect((await browser.socket('/api/sandboxes/zzzzzzzz/feed').isClosed()).reason).toBe('not_signed_in');
  });

  test('of a sandbox that is not there, or no more, is not found', async () => {
    const other = path().replace(/sandboxes\/\w+/, 'sandboxes/zzzzzzzz');
    expect((await learner.socket(other).isClosed()).code).toBe(CLOSE_CODES.notFound);
    await learner.delete(feed.replace('/feed', ''));
    expect(await learner.socket(path()).isClosed()).toEqual({
      code: CLOSE_CODES.notFound,
      reason: 'sandbox_closed',
    });
  });

  test('is refused to one who opens too many in a short time', async () => {
    const sockets = Array.from({ length: RATES.socket.burst + 1 }, () => learner.socket(path()));
    const refused = await Promise.race(sockets.map((socket) => socket.isClosed()));
    expect(refused).toEqual({ code: CLOSE_CODES.tooMany, reason: 'too_many_requests' });
    for (const { socket } of sockets) socket.terminate();
  });
});

test.each(['machines/node2/terminals/1', 'machines/..%2f/terminals/1', 'machines/node1/terminals/A_B'])(
  'a terminal at %s is not found',
  async (rest) => {
    const closed = await learner.socket(feed.replace('feed', rest)).isClosed();
    expect(closed.code).toBe(CLOSE_CODES.notFound);
  },
);

test('a learner types and sees; an admin only sees', async () => {
  const admin = await server.account('ann', 'admin');
  const hello = JSON.stringify({ type: 'hello', cols: 80, rows: 24 });
  for (const [browser, readOnly] of [
    [learner, false],
    [admin, true],
  ] as const) {
    const socket = await browser.socket(terminal).isOpen();
    socket.socket.send(hello);
    await socket.isSeeing('hello');
    expect(server.terminals.viewers.at(-1)?.readOnly).toBe(readOnly);
  }
});

test('a socket at an address that has none is turned away', async () => {
  const closed = await learner.socket('/_next/hmr').isClosed();
  expect(closed.reason).toContain('404');
});

test('a server that stops says so, and cuts off who does not listen', async () => {
  const other = await openTestServer();
  const guest = await other.guest();
  const { id } = (await guest.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
  const socket = await guest.socket(`/api/sandboxes/${id}/feed`).isOpen();
  await socket.hears(2);
  await other[Symbol.asyncDispose]();
  expect((await socket.isClosed()).code).toBe(1001);
  expect(socket.feed.at(-1)).toEqual({ type: 'notice', notice: 'server_restarting', machine: null });
});
