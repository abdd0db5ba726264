import { expect, test } from 'vitest';
import type { Membership } from '#server/protocol/classes.ts';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { taskState } from '#app/_lib/testing/task-state.ts';
import {
  isClosed,
  isInClass,
  isPaused,
  standstill,
  START,
  step,
  taskNews,
  type WorkspaceEvent,
} from './state.ts';

const sandbox: SandboxView = {
  id: 'abcdefgh',
  lesson: null,
  state: 'ready',
  queue: null,
  preparing: null,
  machines: [],
  step: null,
  createdAt: '2030-01-01T00:00:00Z',
  keptUntil: '2030-01-08T00:00:00Z',
};
const play = (...events: WorkspaceEvent[]) => events.reduce(step, START);

const HISTORY = { snapshots: [], startable: [], attempts: 0 };
const TERMINALS = [{ machine: 'node1', name: '1' }];
const CLASSROOM = { memberships: [], watchers: [], notes: [] };
const PREVIEWS = { address: 'http://{port}-{machine}-key.localhost:3000', ports: [] };

test('a guest is signed in, then the sandbox opens, then the feed tells all', () => {
  const state = play(
    { type: 'signing-in' },
    { type: 'asking' },
    { type: 'opened', sandbox },
    {
      type: 'heard',
      message: {
        type: 'all',
        sandbox,
        tasks: [taskState()],
        viewers: 2,
        previews: PREVIEWS,
        history: HISTORY,
        terminals: TERMINALS,
        classroom: CLASSROOM,
      },
    },
  );
  expect(state).toMatchObject({ opening: 'open', viewers: 2, tasks: { a: { passed: false } } });
});

test('machines that could not be started are started again by a click, not waited for', () => {
  const notice = { type: 'notice', notice: 'not_started', machine: null } as const;
  const state = play({ type: 'opened', sandbox }, { type: 'heard', message: notice });
  expect(standstill(state)).toEqual({ kind: 'refused', code: 'machine_unreachable' });
});

test('a refusal takes the sandbox away and keeps what was learned of tasks', () => {
  const state = play(
    { type: 'opened', sandbox },
    { type: 'task', task: taskState({ passed: true }) },
    { type: 'refused', code: 'engine_down' },
  );
  expect(state).toMatchObject({
    opening: { refused: 'engine_down' },
    sandbox: null,
    tasks: { a: { passed: true } },
  });
});

test('asking anew forgets the closed line of the sandbox before', () => {
  const state = play({ type: 'opened', sandbox }, { type: 'line', line: { at: 'closed', code: 4404 } });
  expect(isClosed(state)).toBe(true);
  expect(isClosed(step(state, { type: 'asking' }))).toBe(false);
});

test('a closed sandbox is seen by its own word', () => {
  const closed = { ...sandbox, state: 'closed' as const };
  expect(isClosed(play({ type: 'heard', message: { type: 'sandbox', sandbox: closed } }))).toBe(true);
});

test('news is told once, and nothing on the first look', () => {
  expect(taskNews(undefined, taskState({ passed: true }))).toBeNull();
  expect(taskNews(taskState(), taskState({ passed: true }))).toBe('passed');
  expect(taskNews(taskState({ passed: true }), taskState({ passed: true }))).toBeNull();
  expect(taskNews(taskState(), taskState({ near: true }))).toBe('near');
  expect(taskNews(taskState({ near: true }), taskState({ near: true }))).toBeNull();
});

test('a standstill is a queue, a refusal or a closed sandbox, and nothing else', () => {
  const queued = { ...sandbox, state: 'queued' as const, queue: { place: 3, waitSeconds: 80 } };
  expect(standstill(play({ type: 'opened', sandbox }))).toBeNull();
  expect(standstill(play({ type: 'opened', sandbox: queued }))).toEqual({
    kind: 'queued',
    place: 3,
    waitSeconds: 80,
  });
  expect(standstill(play({ type: 'refused', code: 'disk_full' }))).toEqual({
    kind: 'refused',
    code: 'disk_full',
  });
  const turnedAway = (code: number) =>
    standstill(play({ type: 'opened', sandbox }, { type: 'line', line: { at: 'closed', code } }));
  expect(turnedAway(4401)).toEqual({ kind: 'refused', code: 'not_signed_in' });
  expect(turnedAway(4403)).toEqual({ kind: 'refused', code: 'not_allowed' });
  expect(turnedAway(4404)).toEqual({ kind: 'closed' });
});

test('an image that nobody has is kept until another one is missing', () => {
  const misses = (image: string) =>
    ({ type: 'heard', message: { type: 'missing-image', machine: 'node1', image } }) as const;
  const once = play({ type: 'opened', sandbox }, misses('ubuntu'));
  expect(once.missing).toEqual({ machine: 'node1', image: 'ubuntu' });
  // The same one again is told again, also to whoever has closed it.
  expect(step(once, misses('ubuntu')).missing).not.toBe(once.missing);
});

test('the offer of other images goes once one was found', () => {
  const command = (line: string, exitCode: number, machine = 'node1') => ({
    type: 'heard' as const,
    message: {
      type: 'command' as const,
      command: { machine, terminal: '1', line, exitCode, startedAt: '2030-01-01T00:00:00Z', durationMs: 1 },
    },
  });
  const missed = { type: 'missing-image' as const, machine: 'node1', image: 'ubuntu' };
  const left = (...events: WorkspaceEvent[]) =>
    play({ type: 'opened', sandbox }, { type: 'heard', message: missed }, ...events).missing;
  expect(left(command('docker pull ubuntu', 1))).not.toBeNull();
  expect(left(command('docker ps', 0))).not.toBeNull();
  expect(left(command('docker run -it debian', 0, 'node2'))).not.toBeNull();
  expect(left(command('docker run -it debian', 0))).toBeNull();
});

test('published ports come and go while the page is open', () => {
  const web = { machine: 'node1', port: 8080, container: 'web' };
  const open = play({
    type: 'heard',
    message: {
      type: 'all',
      sandbox,
      tasks: [],
      viewers: 1,
      previews: PREVIEWS,
      history: HISTORY,
      terminals: TERMINALS,
      classroom: CLASSROOM,
    },
  });
  expect(open.previews).toEqual(PREVIEWS);
  const published = step(open, { type: 'heard', message: { type: 'ports', ports: [web] } });
  expect(published.previews).toEqual({ ...PREVIEWS, ports: [web] });
  expect(step(published, { type: 'asking' }).previews).toBeNull();
});

const MEMBERSHIP = {
  class: 'abcdefgh',
  learner: 'bcdefghi',
  name: 'Containers',
  instructor: 'Lena Torres',
  locale: 'en' as const,
  as: 'Mia',
  lessons: [],
  paused: false,
  handAt: null,
} satisfies Membership;
const inClass = (change: { paused: boolean }): WorkspaceEvent => ({
  type: 'heard',
  message: {
    type: 'classroom',
    classroom: { ...CLASSROOM, memberships: [{ ...MEMBERSHIP, ...change }] },
  },
});

test('who is in no class, is watched by nobody and was told nothing sees nothing of classes', () => {
  expect(isInClass(START.classroom)).toBe(false);
  expect(isInClass(CLASSROOM)).toBe(false);
  expect(isInClass(play(inClass({ paused: false })).classroom)).toBe(true);
  const watchers = [{ id: 'abcdefgh', name: 'Lena Torres', mode: 'watches' as const }];
  expect(isInClass({ ...CLASSROOM, watchers })).toBe(true);
});

test('a class that pauses holds the terminals until it goes on, or is left', () => {
  const paused = play({ type: 'opened', sandbox }, inClass({ paused: true }));
  expect(isPaused(START)).toBe(false);
  expect(isPaused(paused)).toBe(true);
  expect(isPaused(step(paused, inClass({ paused: false })))).toBe(false);
  const left = { type: 'heard', message: { type: 'classroom', classroom: CLASSROOM } } as const;
  expect(isPaused(step(paused, left))).toBe(false);
});

test('what a message says takes the place of what was known, and nothing of its own beside', () => {
  const state = play(
    { type: 'opened', sandbox },
    { type: 'heard', message: { type: 'history', history: { ...HISTORY, attempts: 2 } } },
    { type: 'heard', message: { type: 'terminals', terminals: TERMINALS } },
  );
  expect(state).toEqual({
    ...START,
    opening: 'open',
    sandbox,
    history: { ...HISTORY, attempts: 2 },
    terminals: TERMINALS,
  });
});
