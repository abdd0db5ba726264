/** What the gateway asks of terminals: attach a viewer, feed it, let it go. Knows no sockets. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Command } from '../protocol/feed.ts';

export type TerminalKey = { sandbox: string; machine: string; terminal: string };

/** Calls that a viewer gets; none may block. */
export type ViewerEvents = {
  /** Next output starts at `offset`; `truncated` when bytes before it are gone for this viewer. */
  ready(offset: number, truncated: boolean): void;
  output(chunk: Buffer): void;
  title(title: string): void;
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
  readOnly: boolean;
};

export interface Viewer {
  /** Ignored with `false` for a read-only viewer. */
  write(bytes: Buffer): boolean;
  resize(cols: number, rows: number): void;
  ack(bytes: number): void;
  close(): void;
}

export interface Terminals {
  /** Opens the terminal where there is none yet. Rejects with TerminalError. */
  attach(key: TerminalKey, options: ViewerOptions, events: ViewerEvents): Promise<Viewer>;
  /** Starts a shell that nobody looks at yet, so that the first viewer need not wait for it. */
  prepare(key: TerminalKey): Promise<void>;
  /** Names of the terminals that are known on this machine. */
  names(sandbox: string, machine: string): string[];
  /** A command ended in some terminal. */
  onCommand(listener: (event: { sandbox: string; command: Command }) => void): Unsubscribe;
}

export type TerminalErrorCode = 'machine_unreachable' | 'too_many_terminals';

export class TerminalError extends Error {
  readonly code: TerminalErrorCode;
  constructor(code: TerminalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerminalError';
    this.code = code;
  }
}
