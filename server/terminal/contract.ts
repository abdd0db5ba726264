/** What the gateway asks of terminals: attach a viewer, feed it, let it go. Knows no sockets. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { TerminalAction, TerminalTab } from '../protocol/terminal-list.ts';
import type { Command } from '../protocol/feed.ts';

export type TerminalKey = { sandbox: string; machine: string; terminal: string };

/**
 * Next output starts at `offset`; `truncated` when bytes before it are gone for this viewer. Bytes before `replayTo`
 * are old: questions in them (what kind of terminal are you?) have been answered long ago.
 */
export type Ready = { offset: number; truncated: boolean; replayTo: number };

/** Calls that a viewer gets, perhaps before `attach` resolves; none may block. */
export type ViewerEvents = {
  ready(ready: Ready): void;
  /** The shell's screen has this size now. The interactive viewer that typed last decides it. */
  size(cols: number, rows: number): void;
  output(chunk: Buffer): void;
  title(title: string): void;
  /** The shell ended and all its output was delivered; no more calls follow. */
  exit(code: number): void;
  /** The machine cannot be reached now; the terminal tries again by itself and ends with a new `ready`. */
  lost(): void;
  viewers(count: number): void;
};

export type ViewerOptions = {
  cols: number;
  rows: number;
  /** First byte not seen yet; undefined: all that is kept. */
  offset: number | undefined;
  /** Merely looks: types nothing, has no say in the size, and paces nothing. */
  readOnly: boolean;
};

export interface Viewer {
  /** Ignored with `false` for a read-only viewer. */
  write(bytes: Buffer): boolean;
  /** Null while there is room for more input; else resolves when there is. Input beyond it is dropped. */
  inputRoom(): Promise<void> | null;
  resize(cols: number, rows: number): void;
  ack(bytes: number): void;
  close(): void;
}

/** A look at the end of a terminal's output that makes nobody a viewer: it neither paces nor wakes nor sizes the shell. */
export type Tail = {
  /** Offset after the newest byte: while it stays so, nothing has changed. */
  end: number;
  cols: number;
  rows: number;
  /** A copy of the newest bytes, at most so many. */
  read(bytes: number): Buffer;
};

export interface Terminals {
  /** Opens the terminal where there is none yet. Rejects with TerminalError. */
  attach(key: TerminalKey, options: ViewerOptions, events: ViewerEvents): Promise<Viewer>;
  /** Starts a shell that nobody looks at yet, so that the first viewer need not wait for it. */
  prepare(key: TerminalKey): Promise<void>;
  /** Its learner closed it: the shell and what runs in it end, and whoever looks is told so. Never rejects. */
  end(key: TerminalKey): Promise<void>;
  /** Names of the terminals that are known on this machine. */
  names(sandbox: string, machine: string): string[];
  /** The end of what is kept of a terminal here; see `Tail`. Null where nobody has looked at it for a while. */
  tail(key: TerminalKey): Tail | null;
  /** A command ended in some terminal. */
  onCommand(listener: (event: { sandbox: string; command: Command }) => void): Unsubscribe;
}

/** Which terminals each sandbox shows, as its learner has arranged them. */
export interface TerminalLists {
  of(sandbox: string): Promise<TerminalTab[]>;
  /** Answers the list as it is then. Rejects with TerminalError `not_found`, `too_many_terminals`. */
  change(sandbox: string, action: TerminalAction): Promise<TerminalTab[]>;
  on(listener: (event: { sandbox: string; terminals: TerminalTab[] }) => void): Unsubscribe;
}

export type TerminalErrorCode = 'machine_unreachable' | 'too_many_terminals' | 'not_found';

export class TerminalError extends Error {
  readonly code: TerminalErrorCode;
  constructor(code: TerminalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerminalError';
    this.code = code;
  }
}
