import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import { container } from './previews/testing/rooms.ts';
import type { Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { type FakeSandbox, taskState } from './testing/fake-rooms.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let learner: Browser;
let sandbox: FakeSandbox;
let path: string;

beforeEach(async () => {
  server = await openTestServer();
  learner = await server.guest();
  const { id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
  sandbox = server.sandboxes.get(id)!;
  path = `/api/sandboxes/${id}/feed`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const command = {
  machine: 'node1',
  terminal: '1',
  line: 'docker ps',
  exitCode: 0,
  startedAt: '2030-01-01T00:00:00Z',
  durationMs: 1,
};
const say = (socket: { socket: { send(text: string): void } }, message: unknown) =>
  socket.socket.send(JSON.stringify(message));

test('everything comes first, then what changes', async () => {
  const socket = learner.socket(path);
  const [all] = await socket.hears(2);
  expect(all).toMatchObject({
    type: 'all',
    viewers: 1,
    sandbox: { id: sandbox.id },
    tasks: [{ id: 'hello-ran' }],
  });
  server.tasks.events.emit({ sandbox: sandbox.id, task: taskState({ passed: true }) });
  server.terminals.commands.emit({ sandbox: sandbox.id, command });
  server.sandboxes.events.emit({ type: 'notice', sandbox, notice: 'memory_full', machine: 'node1' });
  server.sandboxes.events.emit({ type: 'changed', sandbox });
  const heard = await socket.hears(6);
  expect(heard.slice(2).map(({ type }) => type)).toEqual(['task', 'command', 'notice', 'sandbox']);
});

test('what happens while the first answer is put together is not lost and comes after it', async () => {
  const gate = Promise.withResolvers<void>();
  server.tasks.gate = gate.promise;
  const socket = await learner.socket(path).isOpen();
  await vi.waitFor(() => expect(server.parts.feeds.viewers).toBe(1));
  server.tasks.events.emit({ sandbox: sandbox.id, task: taskState({ passed: true }) });
  gate.resolve();
  const heard = await socket.hears(2);
  expect(heard.map(({ type }) => type).slice(0, 2)).toEqual(['all', 'task']);
});

test('what happens in other sandboxes is not told', async () => {
  const socket = learner.socket(path);
  await socket.hears(2);
  server.tasks.events.emit({ sandbox: 'zzzzzzzz', task: taskState() });
  server.tasks.events.emit({ sandbox: sandbox.id, task: taskState({ near: true }) });
  expect((await socket.hears(3))[2]).toMatchObject({ task: { near: true } });
});

test('the learner is present while looking; an admin who looks is not', async () => {
  const admin = (await server.account('ann', 'admin')).socket(path);
  await admin.hears(2);
  expect(sandbox.present).toBe(0);
  const socket = learner.socket(path);
  await socket.hears(2);
  expect(sandbox.present).toBe(1);
  socket.socket.close();
  await vi.waitFor(() => expect(sandbox.present).toBe(0));
});

test('viewers are counted as they come and go', async () => {
  const one = learner.socket(path);
  await one.hears(2);
  const other = learner.socket(path);
  expect((await one.hears(3))[2]).toEqual({ type: 'viewers', count: 2 });
  await other.hears(1);
  other.socket.close();
  expect((await one.hears(4))[3]).toEqual({ type: 'viewers', count: 1 });
});

test('the step on the screen is remembered for the next time and told to other browsers', async () => {
  const one = learner.socket(path);
  const other = learner.socket(path);
  await one.hears(2);
  await other.hears(2);
  say(one, { type: 'step', step: 'look' });
  await vi.waitFor(() => {
    expect(other.feed.at(-1)).toMatchObject({ type: 'sandbox', sandbox: { step: 'look' } });
  });
  await vi.waitFor(async () => {
    expect((await learner.get(`/api/sandboxes/${sandbox.id}`)).json).toMatchObject({ step: 'look' });
  });
  const again = learner.socket(path);
  expect((await again.hears(1))[0]).toMatchObject({ sandbox: { step: 'look' } });
});

test('a step that the lesson does not have, or an admin sends, changes nothing', async () => {
  const admin = (await server.account('ann', 'admin')).socket(path);
  const socket = learner.socket(path);
  await admin.hears(2);
  await socket.hears(2);
  say(socket, { type: 'step', step: 'nowhere' });
  say(admin, { type: 'step', step: 'look' });
  say(socket, { type: 'step', step: 'run' });
  await vi.waitFor(() => {
    expect(socket.feed.at(-1)).toMatchObject({ type: 'sandbox', sandbox: { step: 'run' } });
  });
  expect(JSON.stringify(socket.feed)).not.toMatch(/"step":"(look|nowhere)"/);
});

test.each(['{', '[]', '{"type":"step"}', '{"type":"step","step":"run","more":1}', '{"type":"root"}'])(
  'a browser that sends %s is told to come back properly',
  async (text) => {
    const socket = await learner.socket(path).isOpen();
    socket.socket.send(text);
    expect((await socket.isClosed()).code).toBe(CLOSE_CODES.broken);
  },
);

test('a browser for which too much is held back is closed, and the server goes on', async () => {
  const gate = Promise.withResolvers<void>();
  server.tasks.gate = gate.promise;
  const socket = await learner.socket(path).isOpen();
  await vi.waitFor(() => expect(server.parts.feeds.viewers).toBe(1));
  for (let count = 0; count < 600; count++) server.terminals.commands.emit({ sandbox: sandbox.id, command });
  expect(await socket.isClosed()).toEqual({ code: CLOSE_CODES.broken, reason: 'too much at once' });
  gate.resolve();
});

test('a browser that reads nothing does not fill our memory', async () => {
  const socket = await learner.socket(path).isOpen();
  await socket.hears(2);
  socket.socket.pause();
  const long = { ...command, line: 'x'.repeat(4096) };
  // 40 MB: more than the kernel takes off our hands, and our bound on top.
  for (let count = 0; count < 10_000; count++)
    server.terminals.commands.emit({ sandbox: sandbox.id, command: long });
  socket.socket.resume();
  await vi.waitFor(() => expect(socket.closed?.reason).toBe('too slow'), { timeout: 10_000 });
});

test('who looks is told of an image that nobody has', async () => {
  const socket = learner.socket(path);
  await socket.hears(2);
  server.missing.emit({ sandbox: sandbox.id, machine: 'node1', image: 'ubuntu' });
  expect((await socket.hears(3)).at(-1)).toEqual({
    type: 'missing-image',
    machine: 'node1',
    image: 'ubuntu',
  });
});

test('a page knows where ports open and which are published, at first and from then on', async () => {
  sandbox.machines.set('node1', { sandbox: sandbox.id, machine: 'node1' });
  server.worlds.tell(sandbox.id, 'node1', [container('web', [{ hostPort: 8080 }])]);
  const socket = learner.socket(path);
  const [all] = await socket.hears(2);
  const web = { machine: 'node1', port: 8080, container: 'web' };
  const address = expect.stringMatching(/^http:\/\/\{port\}-\{machine\}-[a-z2-7]{34}\.preview\.test$/);
  expect(all).toMatchObject({ type: 'all', previews: { address, ports: [web] } });
  server.worlds.tell(sandbox.id, 'node1', []);
  expect((await socket.hears(3)).at(-1)).toEqual({ type: 'ports', ports: [] });
});
