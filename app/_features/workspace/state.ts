/** What the workspace knows about its sandbox, and how each message changes it; pure. */
import type { ApiErrorCode } from '#app/_lib/api/api-error.ts';
import type { LineState } from '#app/_lib/reconnecting-socket.ts';
import type { BuildNote } from '#server/protocol/builds.ts';
import type { Classroom } from '#server/protocol/classes.ts';
import type { Command, FeedMessage } from '#server/protocol/feed.ts';
import type { History } from '#server/protocol/history.ts';
import type { PreviewsView } from '#server/protocol/preview.ts';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { CLOSE_CODES } from '#server/protocol/numbers.ts';
import type { TerminalTab } from '#server/protocol/terminal-list.ts';
import type { TaskState } from '#server/protocol/tasks.ts';

export type WorkspaceState = {
  /** How far opening has come; `open` once the server has given us a sandbox, `reading` while none is wanted. */
  opening: 'reading' | 'signing-in' | 'asking' | 'open' | { refused: ApiErrorCode };
  sandbox: SandboxView | null;
  tasks: Readonly<Record<string, TaskState>>;
  viewers: number;
  line: LineState;
  /** The image that a command wanted last, and nobody has. */
  missing: MissingImage | null;
  /** The build that ended last. */
  build: BuildNote | null;
  /** Null until the feed has told. */
  previews: PreviewsView | null;
  /** What is kept of it; null until the feed has told. */
  history: History | null;
  /** Null until the feed has told. */
  terminals: readonly TerminalTab[] | null;
  /** Null until the feed has told. */
  classroom: Classroom | null;
};

export type MissingImage = { machine: string; image: string };

export const START: WorkspaceState = {
  opening: 'asking',
  sandbox: null,
  tasks: {},
  viewers: 1,
  line: { at: 'connecting' },
  missing: null,
  build: null,
  previews: null,
  history: null,
  terminals: null,
  classroom: null,
};

export type Beginning = {
  /** Nothing is opened until the learner asks for it. */
  reading: boolean;
  /** What was passed before. */
  tasks: readonly TaskState[];
};

export function begin({ reading, tasks }: Beginning): WorkspaceState {
  return { ...START, opening: reading ? 'reading' : START.opening, tasks: byId(tasks) };
}

const byId = (tasks: readonly TaskState[]) => Object.fromEntries(tasks.map((task) => [task.id, task]));

export type WorkspaceEvent =
  | { type: 'signing-in' }
  | { type: 'asking' }
  /** The lesson begins anew: nothing is passed. */
  | { type: 'restarting' }
  | { type: 'opened'; sandbox: SandboxView }
  | { type: 'refused'; code: ApiErrorCode }
  | { type: 'line'; line: LineState }
  | { type: 'heard'; message: FeedMessage }
  | { type: 'task'; task: TaskState };

export function step(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  switch (event.type) {
    case 'signing-in':
    case 'asking':
      return { ...START, opening: event.type, tasks: state.tasks };
    case 'restarting':
      return START;
    case 'opened':
      return { ...state, opening: 'open', sandbox: event.sandbox };
    case 'refused':
      return { ...state, opening: { refused: event.code }, sandbox: null };
    case 'line':
      return { ...state, line: event.line };
    case 'task':
      return { ...state, tasks: { ...state.tasks, [event.task.id]: event.task } };
    case 'heard':
      return hear(state, event.message);
  }
}

function hear(state: WorkspaceState, message: FeedMessage): WorkspaceState {
  switch (message.type) {
    case 'all':
      return { ...state, ...told(message), tasks: byId(message.tasks) };
    case 'sandbox':
    case 'history':
    case 'terminals':
    case 'build':
    case 'classroom':
      return { ...state, ...told(message) };
    case 'task':
      return { ...state, tasks: { ...state.tasks, [message.task.id]: message.task } };
    case 'ports':
      return { ...state, previews: state.previews && { ...state.previews, ports: message.ports } };
    case 'viewers':
      return { ...state, viewers: message.count };
    case 'notice':
      // It will not start by itself any more: the learner asks again, by a click.
      return message.notice === 'not_started'
        ? { ...state, opening: { refused: 'machine_unreachable' }, sandbox: null }
        : state;
    case 'missing-image':
      return { ...state, missing: { machine: message.machine, image: message.image } };
    case 'command':
      return state.missing && hasBroughtImage(message.command, state.missing)
        ? { ...state, missing: null }
        : state;
    // Heard elsewhere; and a newer server may say more than this page knows.
    default:
      return state;
  }
}

/** What a message says, under the names that it has here too. */
function told<T extends { type: string }>(message: T) {
  const { type: _, ...rest } = message;
  return rest;
}

/** Whoever has found another image needs no offer any more. */
function hasBroughtImage({ line, machine, exitCode }: Command, missing: { machine: string }): boolean {
  const brings = /\bdocker\b.*\b(run|pull|create|build|up)\b/;
  return exitCode === 0 && machine === missing.machine && brings.test(line);
}

/** What deserves to be said aloud: a task that passed, or came near for the first time. */
export function taskNews(before: TaskState | undefined, now: TaskState): 'passed' | 'near' | null {
  if (now.passed) return before && !before.passed ? 'passed' : null;
  return now.near && before !== undefined && !before.near ? 'near' : null;
}

/** Those that are there, without any that is still to come. */
export function machinesOf({ sandbox }: WorkspaceState): string[] {
  const there = sandbox?.machines.filter(({ change }) => !change || change.what === 'removing');
  return there?.map(({ name }) => name) ?? ['node1'];
}

/** Is there anything to show of classes: one that this is done for, somebody who looks on, something that was said? */
export function isInClass(classroom: Classroom | null): classroom is Classroom {
  return classroom !== null && Object.values(classroom).some((all) => all.length > 0);
}

/** The instructor has asked everybody to stop. */
export function isPaused({ classroom }: WorkspaceState): boolean {
  return classroom?.memberships.some(({ paused }) => paused) ?? false;
}

/** Closed for good: by the learner, by time, or found gone on reconnecting. */
export function isClosed(state: WorkspaceState): boolean {
  return (
    state.sandbox?.state === 'closed' ||
    (state.line.at === 'closed' && state.line.code === CLOSE_CODES.notFound)
  );
}

export type Still =
  | { kind: 'queued'; place: number; waitSeconds: number }
  | { kind: 'refused'; code: ApiErrorCode }
  | { kind: 'closed' }
  | { kind: 'reading'; finished: boolean };

/** Where the learner must wait for others or do something; null where it goes on by itself. */
export function standstill(state: WorkspaceState): Still | null {
  const { opening, sandbox, line } = state;
  if (opening === 'reading') {
    const tasks = Object.values(state.tasks);
    return { kind: 'reading', finished: tasks.length > 0 && tasks.every(({ passed }) => passed) };
  }
  if (typeof opening === 'object') return { kind: 'refused', code: opening.refused };
  if (line.at === 'closed' && line.code === CLOSE_CODES.notSignedIn)
    return { kind: 'refused', code: 'not_signed_in' };
  if (line.at === 'closed' && line.code === CLOSE_CODES.notAllowed)
    return { kind: 'refused', code: 'not_allowed' };
  if (isClosed(state)) return { kind: 'closed' };
  if (sandbox?.state === 'queued')
    return { kind: 'queued', place: sandbox.queue?.place ?? 1, waitSeconds: sandbox.queue?.waitSeconds ?? 0 };
  return null;
}
