import { expect, test } from 'vitest';
import type { FeedMessage } from '#server/protocol/feed.ts';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { watchArrival } from './arrival.ts';

const ID = 'abcdefgh';

function view(state: SandboxView['state'], id = ID): SandboxView {
  return {
    id,
    lesson: null,
    state,
    queue: null,
    preparing: null,
    machines: [],
    step: null,
    createdAt: '2030-01-01T00:00:00Z',
    keptUntil: '2030-01-08T00:00:00Z',
  };
}

const sandbox = (state: SandboxView['state'], id?: string): FeedMessage => ({
  type: 'sandbox',
  sandbox: view(state, id),
});
const all = (state: SandboxView['state']): FeedMessage => ({
  type: 'all',
  sandbox: view(state),
  tasks: [],
  viewers: 1,
  previews: { address: '', ports: [] },
  history: { snapshots: [], startable: [], attempts: 0 },
  terminals: [],
  classroom: { memberships: [], watchers: [], notes: [] },
});

/** A feed, and what has become of the return after each of its messages. */
function follow() {
  const listeners = new Set<(message: FeedMessage) => void>();
  const arrival = watchArrival(ID, (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });
  let over: string | null = null;
  void arrival.over.then((how) => (over = how));
  return {
    ...arrival,
    listeners,
    hear: async (message: FeedMessage) => {
      for (const listener of listeners) listener(message);
      await Promise.resolve();
      await Promise.resolve();
      return over;
    },
  };
}

test('a machine is back once it was away and is ready again', async () => {
  const { hear, asked, listeners, over } = follow();
  // Its figures, while nothing has begun.
  expect(await hear(sandbox('ready'))).toBeNull();
  asked();
  expect(await hear(sandbox('ready'))).toBeNull();
  expect(await hear(sandbox('preparing'))).toBeNull();
  expect(await hear(sandbox('ready', 'zzzzzzzz'))).toBeNull();
  await hear(sandbox('ready'));
  expect(await over).toBe('back');
  expect(listeners.size).toBe(0);
});

test('a machine that is back before the request is answered was seen to go', async () => {
  const { hear, asked, over } = follow();
  await hear(sandbox('preparing'));
  await hear(sandbox('ready'));
  asked();
  expect(await over).toBe('back');
});

test('a line that was down all the while tells it by what it says first', async () => {
  const { hear, asked, over } = follow();
  expect(await hear(all('ready'))).toBeNull();
  asked();
  await hear(all('ready'));
  expect(await over).toBe('back');
});

test('a machine that does not start, or is closed, does not come back', async () => {
  for (const notice of ['not_started', 'not_replayed'] as const) {
    const one = follow();
    await one.hear({ type: 'notice', notice, machine: null });
    expect(await one.over).toBe('lost');
  }
  const other = follow();
  await other.hear(sandbox('closed'));
  expect(await other.over).toBe('lost');
});

test('what was refused is not waited for', () => {
  const { forget, listeners } = follow();
  forget();
  expect(listeners.size).toBe(0);
});
