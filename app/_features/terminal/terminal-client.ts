/** The browser's end of the terminal wire: resumes by offset, acknowledges what was drawn, holds typing while the line is down. */
import { ReconnectingSocket, type LineState } from '#app/_lib/reconnecting-socket.ts';
import { ACK_EVERY_BYTES, CLOSE_CODES, FRAME_BYTES } from '#server/protocol/numbers.ts';
import type { TerminalClientMessage, TerminalServerMessage } from '#server/protocol/terminal.ts';
import { parseTerminalMessage } from './terminal-message.ts';

/** What the page shows around a terminal. */
export type TerminalStatus =
  | { at: 'connecting' }
  | { at: 'live' }
  /** The line is down: typing is held; `retryAt` is for a countdown. */
  | { at: 'waiting'; retryAt: number }
  | { at: 'offline' }
  /** The line is up but the machine is not (asleep, restarting): typing is held by the server. */
  | { at: 'machine-away' }
  /** The shell ended; `reopen` starts a new one. */
  | { at: 'exited'; code: number }
  | { at: 'refused'; why: 'not_signed_in' | 'not_allowed' | 'not_found' | 'too_many' | 'broken' };

/** What draws. Calls take effect in the order in which they are made, also behind a long write. */
export type TerminalScreen = {
  /** `isReplay`: these bytes are old; do not answer questions in them. Calls `drawn` when they are on the screen. */
  write(bytes: Uint8Array, isReplay: boolean, drawn: () => void): void;
  clear(): void;
  resize(cols: number, rows: number): void;
};

export type TerminalClientOptions = {
  url: () => string;
  screen: TerminalScreen;
  /** The size that fits the page when the line comes up. */
  fit: () => { cols: number; rows: number };
  events: {
    status(status: TerminalStatus): void;
    title(title: string): void;
    viewers(count: number): void;
    readOnly(isReadOnly: boolean): void;
  };
  /** For tests. */
  socket?: Partial<Pick<ConstructorParameters<typeof ReconnectingSocket>[0], 'page' | 'connect'>>;
};

const REFUSALS = new Map<number, (TerminalStatus & { at: 'refused' })['why']>([
  [CLOSE_CODES.notSignedIn, 'not_signed_in'],
  [CLOSE_CODES.notAllowed, 'not_allowed'],
  [CLOSE_CODES.notFound, 'not_found'],
  [CLOSE_CODES.tooMany, 'too_many'],
]);

export class TerminalClient {
  readonly #options: TerminalClientOptions;
  readonly #line: ReconnectingSocket;
  readonly #encoder = new TextEncoder();
  /** First byte not received yet; undefined until the first `ready`. */
  #offset: number | undefined;
  #replayTo = 0;
  #drawn = 0;
  /** Counts connections: what one brought must not be acknowledged to the next. */
  #connection = 0;
  #exitCode: number | null = null;

  constructor(options: TerminalClientOptions) {
    this.#options = options;
    this.#line = new ReconnectingSocket({
      url: options.url,
      ...options.socket,
      events: {
        open: () => this.#hello(),
        text: (text) => this.#hear(parseTerminalMessage(text)),
        bytes: (bytes) => this.#draw(bytes),
        state: (state) => this.#lineChanged(state),
      },
    });
  }

  /** Types into the shell. False when it was dropped: too much was held, or the shell is gone. */
  type(text: string): boolean {
    return this.#input(this.#encoder.encode(text));
  }

  /** For mouse reports, which are bytes and no text. */
  typeBytes(latin1: string): boolean {
    return this.#input(Uint8Array.from(latin1, (character) => character.charCodeAt(0)));
  }

  /** Asks for this size. The screen follows when the shell has it, so that no line is drawn at another width. */
  resize(cols: number, rows: number): void {
    this.#say({ type: 'resize', cols, rows });
  }

  /** Does not wait for the countdown. */
  retryNow(): void {
    this.#line.retryNow();
  }

  /** A new shell after `exited`; its output follows that of the old one. */
  reopen(): void {
    this.#exitCode = null;
    this.#line.retryNow();
  }

  close(): void {
    this.#connection++;
    this.#line.close();
  }

  #hello(): void {
    this.#connection++;
    this.#drawn = 0;
    const offset = this.#offset === undefined ? {} : { offset: this.#offset };
    this.#say({ type: 'hello', ...this.#options.fit(), ...offset });
  }

  #hear(message: TerminalServerMessage | null): void {
    const { events, screen } = this.#options;
    if (message?.type === 'ready') {
      if (message.truncated) screen.clear();
      this.#offset = message.offset;
      this.#replayTo = message.replayTo;
      events.readOnly(message.readOnly);
      events.status({ at: 'live' });
    } else if (message?.type === 'size') screen.resize(message.cols, message.rows);
    else if (message?.type === 'title') events.title(message.title);
    else if (message?.type === 'viewers') events.viewers(message.count);
    else if (message?.type === 'exit') this.#exitCode = message.code;
    else if (message?.type === 'error' && message.code === 'machine_unreachable')
      events.status({ at: 'machine-away' });
  }

  #draw(bytes: Uint8Array): void {
    const offset = this.#offset ?? 0;
    this.#offset = offset + bytes.length;
    const old = bytes.subarray(0, Math.max(0, this.#replayTo - offset));
    const fresh = bytes.subarray(old.length);
    if (old.length > 0) this.#write(old, true);
    if (fresh.length > 0) this.#write(fresh, false);
  }

  #write(bytes: Uint8Array, isReplay: boolean): void {
    const connection = this.#connection;
    this.#options.screen.write(bytes, isReplay, () => {
      if (connection !== this.#connection) return;
      this.#drawn += bytes.length;
      if (this.#drawn < ACK_EVERY_BYTES) return;
      this.#say({ type: 'ack', bytes: this.#drawn });
      this.#drawn = 0;
    });
  }

  #input(bytes: Uint8Array<ArrayBuffer>): boolean {
    for (let at = 0; at < bytes.length; at += FRAME_BYTES)
      if (!this.#line.sendOrHold(bytes.subarray(at, at + FRAME_BYTES))) return false;
    return true;
  }

  #say(message: TerminalClientMessage): void {
    this.#line.send(JSON.stringify(message));
  }

  #lineChanged(state: LineState): void {
    // Up, but nothing is known before `ready`.
    const status = state.at === 'open' ? ({ at: 'connecting' } as const) : state;
    this.#options.events.status(status.at === 'closed' ? this.#ended(status.code) : status);
  }

  #ended(code: number): TerminalStatus {
    if (this.#exitCode !== null) return { at: 'exited', code: this.#exitCode };
    return { at: 'refused', why: REFUSALS.get(code) ?? 'broken' };
  }
}
