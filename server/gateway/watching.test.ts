/** Watching over the real door: who may, that the learner sees it, that nobody types unallowed, and how it ends. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import type { Browser, ClientSocket } from './testing/browser.ts';
import {
  feedPath,
  join,
  openClass,
  type OpenClass,
  openLesson,
  openTerminal,
  refusal,
  tells,
  terminalPath,
} from './testing/classroom.ts';
import type { FakeSandbox } from './testing/fake-rooms.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

const REFUSED = { code: CLOSE_CODES.notAllowed, reason: 'not_allowed' };

let server: TestServer;
let admin: Browser;
let ines: Browser;
let learner: Browser;
let room: OpenClass;
let place: string;
let sandbox: FakeSandbox;

beforeEach(async () => {
  server = await openTestServer();
  admin = await server.account('root', 'admin');
  ines = await server.account('ines', 'instructor');
  learner = await server.guest();
  room = await openClass(ines);
  place = await join(learner, room, 'Ada');
  sandbox = await openLesson(server, learner);
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  expect(server.errors).toEqual([]);
});

const ask = (browser: Browser, wanted: boolean) =>
  browser.post(`/api/sandboxes/${sandbox.id}/typing`, { wanted });
const allow = (watcher: string, yes: boolean, browser = learner) =>
  browser.post(`/api/sandboxes/${sandbox.id}/watchers/${watcher}`, { allow: yes });
const watcherOf = (name: string) =>
  server.live.watching.of(sandbox.id).find((watcher) => watcher.name === name)!;
const messages = (socket: ClientSocket) =>
  socket.texts.map((text) => JSON.parse(text) as { type: string; readOnly?: boolean; code?: string });
const isWriter = (socket: ClientSocket, writes: boolean) =>
  vi.waitFor(() => expect(messages(socket).findLast(({ type }) => type === 'ready')?.readOnly).toBe(!writes));

describe.each(['feed', 'terminal'])('the %s of a learner', (kind) => {
  const path = () => (kind === 'feed' ? feedPath(sandbox) : terminalPath(sandbox));

  test('opens for the instructor of a class that gives its lesson', async () => {
    await ines.socket(path()).isOpen();
    await vi.waitFor(() => expect(watcherOf('ines')).toMatchObject({ mode: 'watches' }));
  });

  test('is refused to the instructor of another class', async () => {
    const other = await server.account('otto', 'instructor');
    await openClass(other);
    expect(await other.socket(path()).isClosed()).toEqual(REFUSED);
  });

  test('is refused to another learner of the class', async () => {
    const mate = await server.guest();
    await join(mate, room, 'Bob');
    expect(await mate.socket(path()).isClosed()).toEqual(REFUSED);
  });

  test('is refused to an instructor whose class does not give this lesson', async () => {
    // As if it gave others: there is one lesson only here, and no class may have none.
    server.classes.get(room.id)!.lessons.length = 0;
    expect(await ines.socket(path()).isClosed()).toEqual(REFUSED);
  });

  test('closes at once when the learner is removed', async () => {
    const socket = await ines.socket(path()).isOpen();
    await vi.waitFor(() => expect(server.live.watching.of(sandbox.id)).toHaveLength(1));
    await ines.delete(`${room.path}/learners/${place}`);
    expect(await socket.isClosed()).toEqual(REFUSED);
    expect(await ines.socket(path()).isClosed()).toEqual(REFUSED);
  });

  test('closes at once when the learner leaves', async () => {
    const socket = await ines.socket(path()).isOpen();
    await vi.waitFor(() => expect(server.live.watching.of(sandbox.id)).toHaveLength(1));
    await learner.post(`${room.path}/leave`);
    expect(await socket.isClosed()).toEqual(REFUSED);
  });

  test('closes at once when the class ends; an admin goes on looking', async () => {
    const [socket, other] = [await ines.socket(path()).isOpen(), await admin.socket(path()).isOpen()];
    await vi.waitFor(() => expect(server.live.watching.of(sandbox.id)).toHaveLength(2));
    await ines.delete(room.path);
    expect(await socket.isClosed()).toEqual(REFUSED);
    expect(server.live.watching.of(sandbox.id)).toMatchObject([{ name: 'root' }]);
    expect(other.closed).toBeNull();
  });
});

test('the learner sees who looks, one entry for each person, and who has gone', async () => {
  const feed = learner.socket(feedPath(sandbox));
  await tells(feed, ({ memberships, watchers }) => {
    expect(memberships).toMatchObject([{ name: 'Autumn group', as: 'Ada', instructor: 'ines' }]);
    expect(watchers).toEqual([]);
  });
  const [one, two] = [ines.socket(feedPath(sandbox)), await openTerminal(ines, sandbox)];
  await tells(feed, ({ watchers }) => expect(watchers).toMatchObject([{ name: 'ines', mode: 'watches' }]));
  one.socket.close();
  await one.isClosed();
  await admin.socket(feedPath(sandbox)).isOpen();
  await tells(feed, ({ watchers }) => expect(watchers.map(({ name }) => name)).toEqual(['ines', 'root']));
  two.socket.close();
  await tells(feed, ({ watchers }) => expect(watchers.map(({ name }) => name)).toEqual(['root']));
  expect(sandbox.present).toBe(1);
});

test('who watches learns nothing of the learner’s classes, and of watchers only themselves', async () => {
  const feed = ines.socket(feedPath(sandbox));
  await admin.socket(feedPath(sandbox)).isOpen();
  await ines.post(`${room.path}/notes`, { text: 'Look here', command: null, learner: place });
  await tells(feed, (told) =>
    expect(told).toMatchObject({ memberships: [], notes: [], watchers: [{ name: 'ines' }] }),
  );
});

test('who watches opens no terminal that the learner has not', async () => {
  const path = terminalPath(sandbox).replace(/1$/, '7');
  expect((await ines.socket(path).isClosed()).code).toBe(CLOSE_CODES.notFound);
  await learner.socket(path).isOpen();
});

test('who teaches no more is shown out at once', async () => {
  const [feed, wall] = [ines.socket(feedPath(sandbox)), ines.socket(`${room.path}/wall`)];
  await Promise.all([feed.hears(1), wall.isSeeing('"all"')]);
  await admin.delete(`/api/admin/instructors/${server.classes.get(room.id)!.ownerId}`);
  expect(await feed.isClosed()).toEqual(REFUSED);
  expect((await wall.isClosed()).code).toBe(CLOSE_CODES.broken);
});

describe('typing', () => {
  const feedOf = (browser: Browser) => browser.socket(feedPath(sandbox));

  test('without consent is refused, at the door and at the socket', async () => {
    const terminal = await openTerminal(ines, sandbox);
    await isWriter(terminal, false);
    terminal.socket.send(Buffer.from('rm -rf /\r'));
    await vi.waitFor(() => expect(messages(terminal).at(-1)).toEqual({ type: 'error', code: 'read_only' }));
    expect(terminal.output).not.toContain('rm');
    expect((await ask(ines, true)).status).toBe(204);
    terminal.socket.send(Buffer.from('rm -rf /\r'));
    // The learner's word, nobody else's.
    const { id } = watcherOf('ines');
    expect(refusal(await allow(id, true, ines))).toEqual([403, 'not_allowed']);
    expect(refusal(await allow(id, true, admin))).toEqual([403, 'not_allowed']);
    expect(terminal.output).not.toContain('rm');
  });

  test('is asked for, seen, allowed, and goes through', async () => {
    const feed = feedOf(learner);
    const terminal = await openTerminal(ines, sandbox);
    await ask(ines, true);
    await tells(feed, ({ watchers }) => expect(watchers).toMatchObject([{ mode: 'asks' }]));
    expect((await allow(watcherOf('ines').id, true)).status).toBe(204);
    await isWriter(terminal, true);
    terminal.socket.send(Buffer.from('docker ps'));
    await terminal.isSeeing('docker ps');
    await tells(feed, ({ watchers }) => expect(watchers).toMatchObject([{ mode: 'types' }]));
  });

  test('a no is a no, and a yes that nobody asked for is refused', async () => {
    const terminal = await openTerminal(ines, sandbox);
    const { id } = watcherOf('ines');
    expect(refusal(await allow(id, true))).toEqual([400, 'bad_request']);
    await ask(ines, true);
    await allow(id, false);
    expect(watcherOf('ines').mode).toBe('watches');
    terminal.socket.send(Buffer.from('no'));
    await vi.waitFor(() => expect(messages(terminal).at(-1)).toMatchObject({ code: 'read_only' }));
    expect(terminal.output).not.toContain('no');
  });

  test('consent for one is not for another', async () => {
    const [mine, other] = [await openTerminal(ines, sandbox), await openTerminal(admin, sandbox)];
    await ask(ines, true);
    await ask(admin, true);
    await allow(watcherOf('ines').id, true);
    await isWriter(mine, true);
    other.socket.send(Buffer.from('not I'));
    await vi.waitFor(() => expect(messages(other).at(-1)).toMatchObject({ code: 'read_only' }));
    expect([watcherOf('root').mode, other.output.includes('not I')]).toEqual(['asks', false]);
  });

  test.each(['learner', 'instructor'] as const)(
    'ended by the %s, not one byte more gets through on the open socket',
    async (by) => {
      const terminal = await openTerminal(ines, sandbox);
      await ask(ines, true);
      const { id } = watcherOf('ines');
      await allow(id, true);
      await isWriter(terminal, true);
      // Typed on and on, over the end: what the server has taken before is echoed, nothing after it.
      await (by === 'learner' ? allow(id, false) : ask(ines, false));
      terminal.output = '';
      terminal.socket.send(Buffer.from('one more'));
      await isWriter(terminal, false);
      terminal.socket.send(Buffer.from('one more'));
      await vi.waitFor(() => expect(messages(terminal).at(-1)).toMatchObject({ code: 'read_only' }));
      expect(terminal.output).not.toContain('one more');
      expect(terminal.closed).toBeNull();
    },
  );

  test('ends with the last socket of who types: who comes back asks anew', async () => {
    const terminal = await openTerminal(ines, sandbox);
    await ask(ines, true);
    await allow(watcherOf('ines').id, true);
    terminal.socket.close();
    await vi.waitFor(() => expect(server.live.watching.of(sandbox.id)).toEqual([]));
    const again = await openTerminal(ines, sandbox);
    await isWriter(again, false);
    expect(watcherOf('ines').mode).toBe('watches');
  });

  test('ends when the sandbox is closed, and when the learner is removed', async () => {
    const terminal = await openTerminal(ines, sandbox);
    await ask(ines, true);
    await allow(watcherOf('ines').id, true);
    await isWriter(terminal, true);
    terminal.output = '';
    await ines.delete(`${room.path}/learners/${place}`);
    terminal.socket.send(Buffer.from('still here'));
    expect(await terminal.isClosed()).toEqual(REFUSED);
    expect(terminal.output).not.toContain('still here');
    const watching = await openTerminal(admin, sandbox);
    await ask(admin, true);
    await allow(watcherOf('root').id, true);
    await isWriter(watching, true);
    await learner.delete(`/api/sandboxes/${sandbox.id}`);
    await isWriter(watching, false);
  });

  test('is refused to one who does not look, and to who has no business there', async () => {
    expect(refusal(await ask(ines, true))).toEqual([404, 'not_found']);
    expect(refusal(await ask(await server.guest(), true))).toEqual([403, 'not_allowed']);
    expect(refusal(await ask(learner, true))).toEqual([400, 'bad_request']);
    expect(refusal(await allow('aaaaaaaa', true))).toEqual([404, 'not_found']);
  });

  test('is written down for the learner, with who it was', async () => {
    const terminal = await openTerminal(ines, sandbox);
    await ask(ines, true);
    await allow(watcherOf('ines').id, true);
    await ask(ines, false);
    terminal.socket.close();
    await vi.waitFor(() => expect(server.live.watching.of(sandbox.id)).toEqual([]));
    await server.live.record.written();
    const kept = await server.store.events.of(sandbox.userId, { limit: 10 });
    expect(kept.map(({ kind, data }) => [kind, data])).toEqual([
      ['watched', { by: 'ines', began: false }],
      ['typed', { by: 'ines', began: false }],
      ['typed', { by: 'ines', began: true }],
      ['watched', { by: 'ines', began: true }],
      ['opened', {}],
    ]);
  });
});

describe('a paused class', () => {
  const pause = (paused: boolean) => ines.post(`${room.path}/pause`, { paused });

  test('takes no input of its learners, tells them, and goes on where it was', async () => {
    const feed = learner.socket(feedPath(sandbox));
    const [mine, watching] = [await openTerminal(learner, sandbox), await openTerminal(ines, sandbox)];
    await pause(true);
    await tells(feed, ({ memberships }) => expect(memberships).toMatchObject([{ paused: true }]));
    mine.socket.send(Buffer.from('quiet'));
    await vi.waitFor(() => expect(messages(mine).at(-1)).toMatchObject({ code: 'read_only' }));
    expect(mine.output).not.toContain('quiet');
    expect([mine.closed, watching.closed]).toEqual([null, null]);
    await pause(false);
    mine.socket.send(Buffer.from('loud'));
    await mine.isSeeing('loud');
  });

  test('leaves other lessons and other learners alone', async () => {
    const other = await server.guest();
    const theirs = await openLesson(server, other);
    await pause(true);
    const terminal = await openTerminal(other, theirs);
    terminal.socket.send(Buffer.from('free'));
    await terminal.isSeeing('free');
  });
});
