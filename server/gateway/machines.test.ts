import { afterEach, beforeEach, expect, test } from 'vitest';
import { SandboxError } from '#server/sandbox/contract.ts';
import { TerminalError } from '#server/terminal/contract.ts';
import type { Browser } from './testing/browser.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';
import { container } from './previews/testing/rooms.ts';

let server: TestServer;
let browser: Browser;
let id: string;
let files: { exitCode: number; stdout: string } | null;
beforeEach(async () => {
  files = { exitCode: 0, stdout: '7\n' };
  server = await openTestServer({ probes: { look: async () => files as never } });
  browser = await server.guest();
  id = ((await browser.post('/api/sandboxes', { lesson: HELLO })).json as { id: string }).id;
});
afterEach(() => server[Symbol.asyncDispose]());

const code = (answer: { json: unknown }) => (answer.json as { error: { code: string } }).error.code;

test('a machine is added and removed; the answer is the sandbox', async () => {
  const added = await browser.post(`/api/sandboxes/${id}/machines`);
  expect([added.status, added.json]).toEqual([202, expect.objectContaining({ id })]);
  const removed = await browser.delete(`/api/sandboxes/${id}/machines/node2`);
  expect(removed.status).toBe(202);
  expect(server.sandboxes.machineChanges).toEqual([id, `${id}/node2`]);
});

test.each([
  ['too_many_machines', 429],
  ['machines_fixed', 409],
  ['last_machine', 409],
  ['sandbox_not_ready', 409],
  ['not_found', 404],
] as const)('%s is an answer of its own', async (name, status) => {
  server.sandboxes.changeFails = new SandboxError(name, 'No.');
  for (const answer of [
    await browser.post(`/api/sandboxes/${id}/machines`),
    await browser.delete(`/api/sandboxes/${id}/machines/node2`),
  ])
    expect([answer.status, code(answer)]).toEqual([status, name]);
});

test('what a machine holds is told by count, without a guess where the files could not be counted', async () => {
  const contents = () => browser.get(`/api/sandboxes/${id}/machines/node1/contents`);
  const tooEarly = contents();
  await expect.poll(() => server.worlds.events.size).toBeGreaterThan(1);
  await server.clock.advance(3_000);
  expect(code(await tooEarly)).toBe('sandbox_not_ready');
  const soon = contents();
  await expect.poll(() => server.worlds.events.size).toBeGreaterThan(1);
  server.worlds.tell(id, 'node1', [container('web', [])]);
  expect((await soon).json).toEqual({ containers: 1, images: 0, volumes: 0, files: 7 });
  files = { exitCode: 124, stdout: '5' };
  expect((await contents()).json).toMatchObject({ files: null });
  files = null;
  expect((await contents()).json).toMatchObject({ files: null });
  expect(code(await browser.get(`/api/sandboxes/${id}/machines/node9/contents`))).toBe('not_found');
});

test('terminals are arranged by actions, and nothing else is taken for one', async () => {
  const act = (body: unknown) => browser.post(`/api/sandboxes/${id}/terminals`, body);
  const rename = { action: 'rename', machine: 'node1', name: '1', label: '  构建 ' };
  expect((await act(rename)).json).toEqual([{ machine: 'node1', name: '1' }]);
  expect(server.terminalLists.actions).toEqual([{ ...rename, label: '构建' }]);
  for (const bad of [
    {},
    { action: 'burn', machine: 'node1', name: '1' },
    { action: 'open', machine: '../node1', name: '1' },
    { action: 'rename', machine: 'node1', name: '1', label: '' },
    { action: 'rename', machine: 'node1', name: '1', label: 'x'.repeat(33) },
    { action: 'move', machine: 'node1', name: '1', to: -1 },
  ])
    expect(code(await act(bad))).toBe('bad_request');
  server.terminalLists.fails = new TerminalError('too_many_terminals', 'No.');
  expect((await act({ action: 'open', machine: 'node1', name: '9' })).status).toBe(429);
});

test('the feed tells the list first, and each change', async () => {
  const feed = browser.socket(`/api/sandboxes/${id}/feed`);
  const [all] = await feed.hears(2);
  expect(all).toMatchObject({ type: 'all', terminals: [{ machine: 'node1', name: '1' }] });
  await browser.post(`/api/sandboxes/${id}/terminals`, { action: 'open', machine: 'node1', name: '2' });
  expect((await feed.hears(3))[2]).toMatchObject({ type: 'terminals' });
});
