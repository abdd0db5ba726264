import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Build } from '#server/protocol/builds.ts';
import type { Answer, Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let learner: Browser;
let id: string;
beforeEach(async () => {
  server = await openTestServer();
  learner = await server.guest();
  ({ id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const code = ({ json }: Answer) => (json as { error: { code: string } }).error.code;

const BUILD: Build = {
  id: 'nl9hd96mskcrfgie8832atv34',
  machine: 'node1',
  name: 'app:latest',
  path: '/root/app/Dockerfile',
  dockerfile: 'FROM debian\nRUN make\n',
  endedAt: '2030-01-01T00:00:00.000Z',
  durationMs: 1200.5,
  failed: false,
  first: true,
  steps: [
    {
      stage: '0',
      lines: { first: 2, last: 2 },
      instruction: 'RUN make',
      outcome: 'ran',
      why: { kind: 'first' },
      durationMs: 900.25,
      bytes: 1000,
      said: [],
    },
  ],
};

test('a sandbox tells of its builds, to its learner and to an admin', async () => {
  expect((await learner.get(`/api/sandboxes/${id}/builds`)).json).toEqual([]);
  server.builds.known.set(id, [BUILD]);
  expect((await learner.get(`/api/sandboxes/${id}/builds`)).json).toEqual([BUILD]);
  const admin = await server.account('ada', 'admin');
  expect((await admin.get(`/api/sandboxes/${id}/builds`)).json).toEqual([BUILD]);
});

test('nobody else is told of them', async () => {
  const other = await server.guest();
  const refused = await other.get(`/api/sandboxes/${id}/builds`);
  expect([refused.status, code(refused)]).toEqual([403, 'not_allowed']);
  const stranger = await server.browser().get(`/api/sandboxes/${id}/builds`);
  expect([stranger.status, code(stranger)]).toEqual([401, 'not_signed_in']);
  const nowhere = await learner.get('/api/sandboxes/zzzzzzzz/builds');
  expect([nowhere.status, code(nowhere)]).toEqual([404, 'not_found']);
});

test('a build that ends is told of on the feed of its sandbox only', async () => {
  const socket = learner.socket(`/api/sandboxes/${id}/feed`);
  await socket.hears(2);
  const { machine } = BUILD;
  const note = { id: BUILD.id, machine, cached: 2, ran: 1, failed: false, first: false, durationMs: 3.5 };
  server.builds.ended.emit({ sandbox: 'zzzzzzzz', note: { ...note, cached: 9 } });
  server.builds.ended.emit({ sandbox: id, note });
  expect((await socket.hears(3))[2]).toEqual({ type: 'build', build: note });
});
