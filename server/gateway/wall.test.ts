/** The wall, notes and care over the real door, with every refusal. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import type { LearnerDetail, Tile, Timeline } from '#server/protocol/wall.ts';
import type { Browser, ClientSocket } from './testing/browser.ts';
import {
  feedPath,
  join,
  openClass,
  type OpenClass,
  openLesson,
  refusal,
  tells,
  tilesOf,
  wallOf,
} from './testing/classroom.ts';
import { START } from './testing/fake-histories.ts';
import { HELLO } from './testing/fake-lessons.ts';
import { type FakeSandbox, taskState } from './testing/fake-rooms.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let ines: Browser;
let learner: Browser;
let room: OpenClass;
let place: string;
let sandbox: FakeSandbox;

beforeEach(async () => {
  server = await openTestServer();
  await server.account('root', 'admin');
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

const wall = (browser: Browser) => browser.socket(`${room.path}/wall`);
const detail = async () => (await ines.get(`${room.path}/learners/${place}`)).json as LearnerDetail;

async function openWall(browser = ines): Promise<ClientSocket> {
  const socket = wall(browser);
  await vi.waitFor(() => expect(wallOf(socket)[0]?.type).toBe('all'));
  return socket;
}

/** Time passes until the tile is so. */
async function sees(socket: ClientSocket, tile: Partial<Tile>, learner = place): Promise<void> {
  await vi.waitFor(async () => {
    await server.clock.advance(250);
    expect(tilesOf(socket).get(learner)).toMatchObject(tile);
  });
}

function typed(line: string, exitCode = 0): void {
  const startedAt = server.clock.now().toISOString();
  const command = { machine: 'node1', terminal: '1', line, exitCode, startedAt, durationMs: 5 };
  void server.store.commands.add({ ...command, sandbox: sandbox.id, startedAt: new Date(startedAt) });
  server.terminals.commands.emit({ sandbox: sandbox.id, command });
}

/** The fake room keeps sandboxes in memory alone: whose commands they are stands in the table. */
function written(): Promise<void> {
  const { id, userId } = sandbox;
  return server.store.sandboxes.create({
    id,
    userId,
    lesson: HELLO,
    state: 'ready',
    machines: [],
    terminals: null,
    createdAt: new Date(0),
    lastSeenAt: new Date(0),
    keptUntil: new Date(0),
  });
}

describe('the wall', () => {
  test.each(['http://evil.test', 'null', null])('is refused to a page of %s', async (origin) => {
    ines.origin = origin;
    const closed = await wall(ines).isClosed();
    expect(closed).toEqual({ code: CLOSE_CODES.notAllowed, reason: 'wrong_origin' });
  });

  test('is refused to a browser that nobody has signed in with', async () => {
    const closed = await wall(server.browser()).isClosed();
    expect(closed).toEqual({ code: CLOSE_CODES.notSignedIn, reason: 'not_signed_in' });
  });

  test('is refused to learners, also of this class', async () => {
    for (const browser of [learner, await server.guest(), await server.account('bob')])
      expect((await wall(browser).isClosed()).code).toBe(CLOSE_CODES.notAllowed);
  });

  test('is not found by another instructor, and of a class that is not there', async () => {
    const otto = await server.account('otto', 'instructor');
    const none = otto.socket('/api/classes/aaaaaaaa/wall');
    for (const socket of [wall(otto), none])
      expect(await socket.isClosed()).toEqual({ code: CLOSE_CODES.notFound, reason: 'not_found' });
  });

  test('takes no messages', async () => {
    const socket = await openWall();
    socket.socket.send('{"type":"all"}');
    expect((await socket.isClosed()).code).toBe(CLOSE_CODES.broken);
  });

  test('tells everything at once, then what changes', async () => {
    const socket = await openWall();
    expect(wallOf(socket)[0]).toMatchObject({
      class: { name: 'Autumn group', learners: 1 },
      tiles: [{ learner: place, name: 'Ada', lesson: HELLO, sandbox: { id: sandbox.id }, presence: 'away' }],
      stats: [{ task: 'hello-ran', passed: 0 }],
      host: { awake: 3, capacity: 9, waiting: 4 },
    });
    learner.socket(feedPath(sandbox));
    await vi.waitFor(() => expect(sandbox.present).toBe(1));
    server.sandboxes.events.emit({ type: 'presence', sandbox });
    await sees(socket, { presence: 'here' });
    await server.clock.advance(1000);
    typed('docker run nginx', 125);
    await sees(socket, { command: expect.objectContaining({ line: 'docker run nginx', exitCode: 125 }) });
    await learner.post(`${room.path}/hand`, { raised: true });
    await sees(socket, { handAt: expect.any(String) });
    const passedAt = server.clock.now().toISOString();
    server.tasks.events.emit({ sandbox: sandbox.id, task: taskState({ passed: true, passedAt }) });
    await sees(socket, { tasks: [{ id: 'hello-ran', state: 'passed' }], finishedAt: passedAt });
    await server.clock.advance(1000);
    expect(wallOf(socket).findLast(({ type }) => type === 'stats')).toMatchObject({
      stats: [{ task: 'hello-ran', passed: 1, tried: 0 }],
    });
    await ines.socket(feedPath(sandbox)).isOpen();
    await sees(socket, { watched: true });
  });

  test('shows who comes and who goes', async () => {
    const socket = await openWall();
    const bob = await server.guest();
    const other = await join(bob, room, 'Bob');
    await sees(socket, { name: 'Bob', lesson: null, sandbox: null }, other);
    await bob.post(`${room.path}/leave`);
    await vi.waitFor(() => expect([...tilesOf(socket).keys()]).toEqual([place]));
  });

  test('closes when its class ends', async () => {
    const socket = await openWall();
    await ines.delete(room.path);
    expect((await socket.isClosed()).code).toBe(CLOSE_CODES.notFound);
  });
});

describe('one learner', () => {
  test('is shown with all that happened to them, newest first', async () => {
    await written();
    await server.clock.advance(1);
    typed('docker ps');
    await server.clock.advance(1000);
    server.tasks.events.emit({
      sandbox: sandbox.id,
      task: taskState({ hintsGiven: [{ en: 'Type it.', zh: '输入它。' }] }),
    });
    await server.live.record.written();
    const shown = await vi.waitFor(async () => {
      const found = await detail();
      expect(found.timeline.events.map(({ kind }) => kind)).toEqual(['hint', 'command', 'opened']);
      return found;
    });
    expect(shown.tile).toMatchObject({ name: 'Ada', command: { line: 'docker ps' } });
    expect(shown.timeline.before).toBeNull();
  });

  test('page by page, and nothing twice', async () => {
    for (let count = 0; count < 130; count++) {
      await server.store.commands.add({
        sandbox: sandbox.id,
        machine: 'node1',
        terminal: '1',
        line: `${count}`,
        exitCode: 0,
        startedAt: new Date(server.clock.now().getTime() + Math.floor(count / 3)),
        durationMs: 1,
      });
    }
    await written();
    const seen: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const query = before ? `?before=${before}` : '';
      const page = (await ines.get(`${room.path}/learners/${place}/timeline${query}`)).json as Timeline;
      seen.push(...page.events.flatMap((event) => (event.kind === 'command' ? event.line : [])));
      before = page.before;
    }
    expect(new Set(seen).size).toBe(130);
    expect(seen).toHaveLength(130);
    expect((await ines.get(`${room.path}/learners/${place}/timeline?before=now`)).status).toBe(400);
  });

  test('is nobody’s business but their instructor’s', async () => {
    const otto = await server.account('otto', 'instructor');
    const own = await openClass(otto);
    for (const path of ['', '/timeline']) {
      const of = (id: string) => `/api/classes/${id}/learners/${place}${path}`;
      expect(refusal(await otto.get(of(room.id)))).toEqual([404, 'not_found']);
      expect(refusal(await otto.get(of(own.id)))).toEqual([404, 'not_found']);
      expect(refusal(await learner.get(of(room.id)))).toEqual([403, 'not_allowed']);
      expect(refusal(await server.browser().get(of(room.id)))).toEqual([401, 'not_signed_in']);
    }
    await ines.delete(`${room.path}/learners/${place}`);
    expect(refusal(await ines.get(`${room.path}/learners/${place}`))).toEqual([404, 'not_found']);
  });
});

describe('care', () => {
  const care = (body: object, browser = ines) => browser.post(`${room.path}/learners/${place}/care`, body);

  test('extends, goes back, and begins anew with the help that was taken', async () => {
    expect((await care({ what: 'extend' })).status).toBe(204);
    expect((await care({ what: 'rewind', snapshot: START.id })).status).toBe(204);
    expect(server.histories.asked).toEqual([`rewind ${sandbox.id} to {"to":"snapshot","snapshot":"first"}`]);
    const { progress } = server.store;
    const passed = { task: 'hello-ran', passedAt: new Date(0), hintsGiven: 1 };
    await progress.saveTask(sandbox.userId, HELLO, passed);
    expect((await care({ what: 'reset' })).status).toBe(204);
    expect(server.sandboxes.get(sandbox.id)).toBeNull();
    expect(await progress.tasks(sandbox.userId, HELLO)).toMatchObject([{ passedAt: null, hintsGiven: 1 }]);
    expect(refusal(await care({ what: 'extend' }))).toEqual([404, 'not_found']);
  });

  test('is refused to others, and nonsense to all', async () => {
    const otto = await server.account('otto', 'instructor');
    expect(refusal(await care({ what: 'reset' }, otto))).toEqual([404, 'not_found']);
    expect(refusal(await care({ what: 'reset' }, learner))).toEqual([403, 'not_allowed']);
    expect(refusal(await care({ what: 'sudo' }))).toEqual([400, 'bad_request']);
    expect(refusal(await care({ what: 'rewind', snapshot: '../etc' }))).toEqual([400, 'bad_request']);
    expect(server.sandboxes.get(sandbox.id)).not.toBeNull();
  });
});

describe('a note', () => {
  const post = (body: object, browser = ines) => browser.post(`${room.path}/notes`, body);

  test('reaches everybody, or the one it is for', async () => {
    const bob = await server.guest();
    await join(bob, room, 'Bob');
    const [mine, theirs] = [
      learner.socket(feedPath(sandbox)),
      bob.socket(feedPath(await openLesson(server, bob))),
    ];
    await tells(mine, ({ notes }) => expect(notes).toEqual([]));
    expect((await post({ text: 'Try this', command: 'docker ps -a', learner: null })).status).toBe(201);
    await server.clock.advance(1);
    await post({ text: 'Well done', command: null, learner: place });
    await tells(mine, ({ notes }) =>
      expect(notes).toMatchObject([
        { text: 'Try this', command: 'docker ps -a', from: 'ines', toAll: true },
        { text: 'Well done', command: null, toAll: false },
      ]),
    );
    await tells(theirs, ({ notes }) => expect(notes).toMatchObject([{ text: 'Try this' }]));
    await server.live.record.written();
    expect((await detail()).timeline.events.map(({ kind }) => kind).toSorted()).toEqual([
      'note',
      'note',
      'opened',
    ]);
  });

  test('is refused to learners, to other instructors, and to nobody in the class', async () => {
    const note = { text: 'x', command: null, learner: null };
    expect(refusal(await post(note, learner))).toEqual([403, 'not_allowed']);
    expect(refusal(await post(note, await server.account('otto', 'instructor')))).toEqual([404, 'not_found']);
    expect(refusal(await post({ ...note, learner: 'aaaaaaaa' }))).toEqual([404, 'not_found']);
    expect(refusal(await post({ ...note, text: ' ' }))).toEqual([400, 'bad_request']);
    expect(refusal(await post({ ...note, text: 'x'.repeat(501) }))).toEqual([400, 'bad_request']);
  });

  test('of another class stays there', async () => {
    const otto = await server.account('otto', 'instructor');
    const other = await openClass(otto);
    const theirs = await join(learner, other, 'Ada');
    await otto.post(`${other.path}/notes`, { text: 'Between us', command: null, learner: theirs });
    await server.live.record.written();
    expect(JSON.stringify(await detail())).not.toContain('Between us');
  });
});
