/** A class over the real door: its instructor, a learner who has joined, and the learner's sandbox. */
import { vi } from 'vitest';
import type { ClassView, Membership } from '#server/protocol/classes.ts';
import type { ErrorBody } from '#server/protocol/errors.ts';
import type { FeedMessage } from '#server/protocol/feed.ts';
import { wallMessageSchema, type Tile, type WallMessage } from '#server/protocol/wall.ts';
import type { Answer, Browser, ClientSocket } from './browser.ts';
import { HELLO } from './fake-lessons.ts';
import { type FakeSandbox } from './fake-rooms.ts';
import type { TestServer } from './test-server.ts';

export const SETTINGS = {
  name: 'Autumn group',
  locale: 'en',
  lessons: [{ lesson: HELLO, dueAt: null, weight: 1 }],
  latePercent: 50,
};

/** How a request was refused: status and code. */
export const refusal = ({ status, json }: Answer) => [status, (json as ErrorBody).error.code];

export type OpenClass = { id: string; path: string; code: string };

export async function openClass(instructor: Browser): Promise<OpenClass> {
  const { id } = (await instructor.post('/api/classes', SETTINGS)).json as ClassView;
  const path = `/api/classes/${id}`;
  const made = await instructor.post(`${path}/code`, { expiresAt: null, maxUses: null });
  return { id, path, code: (made.json as ClassView).code!.code };
}

/** @returns the learner's place in the class */
export async function join(learner: Browser, { code }: OpenClass, name?: string): Promise<string> {
  const joined = await learner.post('/api/classes/join', { code, name });
  return (joined.json as Membership).learner;
}

export async function openLesson(server: TestServer, learner: Browser): Promise<FakeSandbox> {
  const { id } = (await learner.post('/api/sandboxes', { lesson: HELLO })).json as { id: string };
  const sandbox = server.sandboxes.get(id)!;
  sandbox.machines.set('node1', { node: 'local', sandbox: id, machine: 'node1', generation: 1 });
  server.sandboxes.events.emit({ type: 'changed', sandbox });
  return sandbox;
}

export const feedPath = ({ id }: FakeSandbox) => `/api/sandboxes/${id}/feed`;
export const terminalPath = ({ id }: FakeSandbox) => `/api/sandboxes/${id}/machines/node1/terminals/1`;

export async function openTerminal(browser: Browser, sandbox: FakeSandbox): Promise<ClientSocket> {
  const socket = await browser.socket(terminalPath(sandbox)).isOpen();
  socket.socket.send(JSON.stringify({ type: 'hello', cols: 80, rows: 24 }));
  await socket.isSeeing('hello');
  return socket;
}

export type Classroom = Extract<FeedMessage, { type: 'classroom' }>['classroom'];

/** What the feed told last of classes, once `check` agrees with it. */
export function tells(socket: ClientSocket, check: (classroom: Classroom) => void): Promise<void> {
  return vi.waitFor(() => {
    const told = socket.feed.findLast((message) => message.type === 'all' || message.type === 'classroom');
    if (!told) throw new Error('the feed has told nothing yet');
    check(told.classroom);
  });
}

export const wallOf = (socket: ClientSocket): WallMessage[] =>
  socket.texts.map((text) => wallMessageSchema.parse(JSON.parse(text)));

/** The newest tile of each learner, as a page would have it. */
export function tilesOf(socket: ClientSocket): Map<string, Tile> {
  const tiles = new Map<string, Tile>();
  for (const message of wallOf(socket)) {
    if (message.type === 'all') tiles.clear();
    if (message.type === 'all' || message.type === 'tiles')
      for (const tile of message.tiles) tiles.set(tile.learner, tile);
    if (message.type === 'gone') for (const learner of message.learners) tiles.delete(learner);
  }
  return tiles;
}
