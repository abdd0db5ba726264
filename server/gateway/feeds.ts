/** The feeds of all sandboxes: who looks at which, and every change brought to those who look. */
import type { WebSocket } from 'ws';
import type { Builds } from '#server/builds/contract.ts';
import type { Classes } from '#server/classroom/contract.ts';
import type { LiveClassroom } from '#server/classroom/live.ts';
import type { Files } from '#server/files/contract.ts';
import type { Histories } from '#server/history/contract.ts';
import type { Lessons } from '#server/lessons/contract.ts';
import { stepsOf } from '#server/lessons/steps.ts';
import type { Log } from '#server/lib/log.ts';
import type { FeedClientMessage, FeedMessage } from '#server/protocol/feed.ts';
import type { Sandbox, Sandboxes } from '#server/sandbox/contract.ts';
import type { OpenedStore } from '#server/store/open.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import type { TerminalLists, Terminals } from '#server/terminal/contract.ts';
import type { User } from './auth.ts';
import { FeedClassroom } from './feed-classroom.ts';
import { FeedSocket } from './feed-socket.ts';
import type { MissingImages } from './missing-images.ts';
import type { Previews } from './previews/previews.ts';
import { stepAt } from './steps.ts';

export type FeedParts = {
  sandboxes: Pick<Sandboxes, 'on' | 'get'>;
  tasks: Pick<Tasks, 'on' | 'states'>;
  terminals: Pick<Terminals, 'onCommand'>;
  terminalLists: Pick<TerminalLists, 'of' | 'on'>;
  files: Pick<Files, 'on' | 'open'>;
  live: Pick<LiveClassroom, 'watching' | 'notes' | 'walls'>;
  classes: Pick<Classes, 'on' | 'get' | 'learners'>;
  histories: Pick<Histories, 'of' | 'on' | 'movedOn'>;
  builds: Pick<Builds, 'on'>;
  lessons: Pick<Lessons, 'page' | 'onChange'>;
  missing: Pick<MissingImages, 'on'>;
  previews: Pick<Previews, 'view' | 'on'>;
  store: Pick<OpenedStore, 'progress'>;
  log: Log;
};

export interface Feeds extends Disposable {
  /** Serves a browser that may see this sandbox, until its socket closes. */
  serve(socket: WebSocket, sandbox: Sandbox, user: Pick<User, 'id'>): Promise<void>;
  /** Tells everybody that the server goes and comes back. */
  announceRestart(): void;
  readonly viewers: number;
}

/** The viewers of one sandbox, and who each is. */
type Room = { sockets: Map<FeedSocket, string>; step: string | null };

export function openFeeds(parts: FeedParts): Feeds {
  const { sandboxes, tasks, terminals, terminalLists, files, builds, histories } = parts;
  const { lessons, missing, previews, store, log } = parts;
  const rooms = new Map<string, Room>();
  const tell = (sandbox: string, message: FeedMessage) => {
    for (const socket of rooms.get(sandbox)?.sockets.keys() ?? []) socket.send(message);
  };
  const view = (sandbox: Sandbox) => ({ ...sandbox.view(), step: rooms.get(sandbox.id)?.step ?? null });
  const tellViewers = (sandbox: string) => {
    const count = rooms.get(sandbox)?.sockets.size ?? 0;
    if (count > 0) tell(sandbox, { type: 'viewers', count });
  };

  const classroom = new FeedClassroom({
    ...parts,
    socketsOf: (sandbox) => rooms.get(sandbox)?.sockets ?? new Map(),
    opened: () => [...rooms.keys()],
  });
  const subscriptions = [
    () => classroom[Symbol.dispose](),
    sandboxes.on((event) => {
      const { sandbox } = event;
      if (!rooms.has(sandbox.id)) return;
      if (event.type === 'changed') tell(sandbox.id, { type: 'sandbox', sandbox: view(sandbox) });
      if (event.type === 'notice')
        tell(sandbox.id, { type: 'notice', notice: event.notice, machine: event.machine });
    }),
    tasks.on(({ sandbox, task }) => tell(sandbox, { type: 'task', task })),
    terminals.onCommand(({ sandbox, command }) => tell(sandbox, { type: 'command', command })),
    terminalLists.on(({ sandbox, terminals: list }) => tell(sandbox, { type: 'terminals', terminals: list })),
    files.on(({ sandbox, machine, paths }) => tell(sandbox, { type: 'files', machine, paths })),
    builds.on(({ sandbox, note }) => tell(sandbox, { type: 'build', build: note })),
    missing.on(({ sandbox, machine, image }) => tell(sandbox, { type: 'missing-image', machine, image })),
    previews.on(({ sandbox, ports }) => tell(sandbox, { type: 'ports', ports })),
    histories.on((event) => {
      const { type, sandbox } = event;
      if (type === 'changed') tell(sandbox, { type: 'history', history: event.history });
      if (type === 'notice') tell(sandbox, { type, notice: event.notice, machine: event.machine });
    }),
    lessons.onChange(() => {
      for (const sandbox of rooms.keys()) void tellLesson(sandbox);
    }),
  ];

  /** Its tasks may be other ones now. */
  async function tellLesson(sandbox: string): Promise<void> {
    tell(sandbox, { type: 'lesson' });
    for (const task of await tasks.states(sandbox)) tell(sandbox, { type: 'task', task });
  }

  async function rememberStep(sandbox: Sandbox, step: string): Promise<void> {
    const room = rooms.get(sandbox.id);
    if (!sandbox.lesson || !room || room.step === step) return;
    if (!stepsOf(lessons, sandbox.lesson).includes(step)) return;
    if (room.step !== null) histories.movedOn(sandbox.id, room.step, step);
    room.step = step;
    parts.live.walls.atStep(sandbox, step);
    tell(sandbox.id, { type: 'sandbox', sandbox: view(sandbox) });
    await store.progress.saveLesson(sandbox.userId, sandbox.lesson, { step });
  }

  return {
    async serve(socket, sandbox, user) {
      const isOwn = sandbox.userId === user.id;
      // In the room before anything is read: what changes meanwhile waits in the feed's queue.
      const open = files.open(sandbox.id);
      const take = (message: FeedClientMessage) => {
        if (message.type === 'watch-files') return open.watch(message.machine, message.paths);
        if (!isOwn) return;
        rememberStep(sandbox, message.step).catch((error: unknown) =>
          log.error('a step could not be remembered', { sandbox: sandbox.id, error }),
        );
      };
      const feed = new FeedSocket(socket, { onMessage: take });
      const room = rooms.get(sandbox.id) ?? { sockets: new Map(), step: null };
      rooms.set(sandbox.id, room);
      room.sockets.set(feed, user.id);
      // Only the learner's presence keeps a sandbox awake; who merely looks neither wakes nor holds it.
      const presence = isOwn ? sandbox.enter() : null;
      feed.onClose(() => {
        presence?.[Symbol.dispose]();
        open[Symbol.dispose]();
        room.sockets.delete(feed);
        if (room.sockets.size === 0) rooms.delete(sandbox.id);
        else tellViewers(sandbox.id);
      });
      const [states, list, step, history, around] = await Promise.all([
        tasks.states(sandbox.id),
        terminalLists.of(sandbox.id),
        room.step ?? stepAt(store, sandbox),
        histories.of(sandbox.id),
        classroom.around(sandbox),
      ]);
      room.step ??= step;
      feed.start({
        type: 'all',
        sandbox: view(sandbox),
        tasks: states,
        viewers: room.sockets.size,
        previews: previews.view(sandbox.id),
        history,
        terminals: list,
        classroom: classroom.for(sandbox, user.id, around),
      });
      tellViewers(sandbox.id);
    },
    announceRestart() {
      for (const sandbox of rooms.keys())
        tell(sandbox, { type: 'notice', notice: 'server_restarting', machine: null });
    },
    get viewers() {
      return [...rooms.values()].reduce((sum, room) => sum + room.sockets.size, 0);
    },
    [Symbol.dispose]() {
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}
