import { afterEach, beforeEach, expect, test } from 'vitest';
import { HistoryError } from '#server/history/contract.ts';
import { SandboxError } from '#server/sandbox/contract.ts';
import { RATES } from './rate-limit.ts';
import type { Browser } from './testing/browser.ts';
import { LOSS, START } from './testing/fake-histories.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let learner: Browser;
let id: string;
let path: string;

beforeEach(async () => {
  server = await openTestServer();
  learner = await server.guest();
  ({ id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string });
  path = `/api/sandboxes/${id}`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const code = (reply: { json: unknown }) => (reply.json as { error: { code: string } }).error.code;

test('what is kept is shown, added to by hand and dropped', async () => {
  const shown = { snapshots: [START], startable: [], attempts: 0 };
  expect((await learner.get(`${path}/history`)).json).toEqual(shown);
  expect(await learner.post(`${path}/snapshots`, { name: '  before lunch ' })).toMatchObject({
    status: 201,
    json: shown,
  });
  expect((await learner.delete(`${path}/snapshots/first`)).json).toEqual(shown);
  expect(server.histories.asked).toEqual([`keep before lunch of ${id}`, `remove first of ${id}`]);
});

test('what going back loses is told, and a return is answered at once with the sandbox', async () => {
  expect((await learner.get(`${path}/history/loss?snapshot=first`)).json).toEqual([LOSS]);
  const reply = await learner.post(`${path}/rewind`, { to: 'snapshot', snapshot: 'first' });
  expect(reply).toMatchObject({ status: 202, json: { id } });
  expect((await learner.post(`${path}/rewind`, { to: 'step', step: 'look' })).status).toBe(202);
  expect(server.histories.asked).toHaveLength(2);
});

test('a second try is another sandbox', async () => {
  const reply = await learner.post(`${path}/fork`, { snapshot: 'first' });
  expect(reply.status).toBe(201);
  expect((reply.json as { id: string }).id).not.toBe(id);
});

test('what is not there is not found, and what is no name of a snapshot is refused', async () => {
  expect(code(await learner.delete(`${path}/snapshots/nosuch`))).toBe('not_found');
  expect(code(await learner.delete(`${path}/snapshots/..%2Fother`))).toBe('not_found');
  expect(code(await learner.get(`${path}/history/loss?snapshot=nosuch`))).toBe('not_found');
  expect(code(await learner.get(`${path}/history/loss`))).toBe('bad_request');
  expect(code(await learner.post(`${path}/fork`, { snapshot: 'nosuch' }))).toBe('not_found');
  for (const body of [{}, { to: 'snapshot' }, { to: 'snapshot', snapshot: '../x' }, { to: 'yesterday' }])
    expect(code(await learner.post(`${path}/rewind`, body))).toBe('bad_request');
  for (const name of ['', '   ', 'x'.repeat(41)])
    expect(code(await learner.post(`${path}/snapshots`, { name }))).toBe('bad_request');
  expect(server.histories.asked).toEqual([]);
});

test('the room’s own refusals have a status and a sentence', async () => {
  const refusals = [
    [new HistoryError('too_many_snapshots', 'Remove one.'), 429],
    [new HistoryError('cannot_keep', 'No.'), 422],
    [new SandboxError('sandbox_not_ready', 'Wait.'), 409],
  ] as const;
  for (const [error, status] of refusals) {
    server.histories.fails = error;
    const reply = await learner.post(`${path}/snapshots`, { name: 'one' });
    expect([reply.status, code(reply)]).toEqual([status, error.code]);
  }
});

test('another learner sees and changes nothing of it, and an admin only looks', async () => {
  const stranger = await server.guest();
  const admin = await server.account('Ada', 'admin');
  const asks = (browser: Browser) => [
    browser.post(`${path}/snapshots`, { name: 'mine' }),
    browser.delete(`${path}/snapshots/first`),
    browser.post(`${path}/rewind`, { to: 'snapshot', snapshot: 'first' }),
    browser.post(`${path}/fork`, { snapshot: 'first' }),
  ];
  for (const browser of [stranger, admin])
    for (const reply of await Promise.all(asks(browser))) expect(code(reply)).toBe('not_allowed');
  expect(code(await stranger.get(`${path}/history`))).toBe('not_allowed');
  expect((await admin.get(`${path}/history`)).status).toBe(200);
  expect(code(await stranger.get(`${path}/history/loss?snapshot=first`))).toBe('not_allowed');
  expect((await admin.get(`${path}/history/loss?snapshot=first`)).json).toEqual([LOSS]);
  expect(code(await server.browser().get(`${path}/history`))).toBe('not_signed_in');
  expect(server.histories.asked).toEqual([]);
});

test('who goes back again and again is asked to wait', async () => {
  const request = { to: 'snapshot', snapshot: 'first' };
  for (let round = 0; round < RATES.history.burst; round++)
    expect((await learner.post(`${path}/rewind`, request)).status).toBe(202);
  expect(code(await learner.post(`${path}/rewind`, request))).toBe('too_many_requests');
});

test('the feed tells what is kept at first and whenever it changes, and what had to go', async () => {
  const socket = learner.socket(`${path}/feed`);
  const [all] = await socket.hears(2);
  expect(all).toMatchObject({ type: 'all', history: { snapshots: [START] } });
  const history = { snapshots: [], startable: ['look'], attempts: 2 };
  server.histories.events.emit({ type: 'changed', sandbox: id, history });
  server.histories.events.emit({ type: 'notice', sandbox: id, notice: 'history_trimmed', machine: 'node1' });
  const heard = await socket.hears(4);
  expect(heard.slice(2)).toEqual([
    { type: 'history', history },
    { type: 'notice', notice: 'history_trimmed', machine: 'node1' },
  ]);
  socket.socket.send(JSON.stringify({ type: 'step', step: 'run' }));
  socket.socket.send(JSON.stringify({ type: 'step', step: 'look' }));
  await socket.hears(6);
  expect(server.histories.asked).toEqual([`${id} moved on from run to look`]);
});
