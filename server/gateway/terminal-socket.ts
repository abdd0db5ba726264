/** Speaks the terminal wire with one browser: hello, bytes and acknowledgements in; output and control messages out. */
import type { RawData, WebSocket } from 'ws';
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import { CLOSE_CODES } from '../protocol/numbers.ts';
import {
  FRAME_BYTES,
  terminalClientMessageSchema,
  type TerminalClientMessage,
  type TerminalServerMessage,
} from '../protocol/terminal.ts';
import {
  TerminalError,
  type TerminalKey,
  type Terminals,
  type Viewer,
  type ViewerEvents,
} from '../terminal/contract.ts';
import { keepAlive } from './keep-alive.ts';

const HELLO_MS = 10_000;
/** Output is bounded by its window; this bounds the control messages to a browser that reads nothing. */
const UNSENT_BYTES = 4 * 1024 * 1024;
type Hello = TerminalClientMessage & { type: 'hello' };
/** RFC 6455, 7.4.1: the shell ended; the browser broke the protocol. */
const [CLOSE_NORMAL, CLOSE_POLICY] = [1000, 1008];

/** Whether what this browser types goes to the shell. */
export type Typing = {
  /** False: merely looks, and has no say in the size of the screen. */
  isWriter(): boolean;
  /** Asked before every byte, of writers too: false while their class is paused. */
  isOpen(): boolean;
  /** `isWriter` has changed. */
  onChange(listener: () => void): Unsubscribe;
};

/** Where nothing ever changes it. */
export const always = (isWriter: boolean): Typing => ({
  isWriter: () => isWriter,
  isOpen: () => true,
  onChange: () => () => {},
});

export type TerminalSocketContext = {
  terminals: Pick<Terminals, 'attach'>;
  key: TerminalKey;
  typing: Typing;
  log: Log;
  pingMs?: number;
  helloMs?: number;
};

/**
 * Serves a socket whose upgrade was checked already: right origin, signed in, may see this sandbox. The socket's server
 * must have perMessageDeflate off (it costs more than it saves on small frames) and maxPayload FRAME_BYTES.
 */
export function serveTerminal(socket: WebSocket, context: TerminalSocketContext): void {
  const send = (message: TerminalServerMessage) => {
    if (socket.bufferedAmount > UNSENT_BYTES) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const refuse = () => {
    send({ type: 'error', code: 'bad_message' });
    socket.close(CLOSE_POLICY, 'bad_message');
  };
  const connection = new Connection(socket, context, send, refuse);

  const helloTimer = setTimeout(() => {
    if (!connection.isGreeted) refuse();
  }, context.helloMs ?? HELLO_MS);
  const stopPinging = keepAlive(socket, context.pingMs);
  const stopListening = context.typing.onChange(() => connection.typingChanged());

  socket.on('message', (data, isBinary) => {
    const bytes = asBuffer(data);
    if (isBinary) connection.input(bytes);
    else connection.control(bytes);
  });
  // The protocol's own faults (too large, not UTF-8) close the socket by themselves.
  socket.on('error', (cause) => context.log.debug('terminal socket failed', { cause, ...context.key }));
  socket.on('close', () => {
    clearTimeout(helloTimer);
    stopPinging();
    stopListening();
    connection.close();
  });
}

class Connection {
  readonly #socket: WebSocket;
  readonly #context: TerminalSocketContext;
  readonly #send: (message: TerminalServerMessage) => void;
  readonly #refuse: () => void;
  #attaching: Promise<void> | null = null;
  /** Calls of earlier attachments are not heard. */
  #attachment = 0;
  #hello: Hello | null = null;
  /** Offset of the next byte of output. */
  #at: number | undefined;
  #viewer: Viewer | null = null;
  #closed = false;
  #toldReadOnly = false;

  constructor(
    socket: WebSocket,
    context: TerminalSocketContext,
    send: (message: TerminalServerMessage) => void,
    refuse: () => void,
  ) {
    this.#socket = socket;
    this.#context = context;
    this.#send = send;
    this.#refuse = refuse;
  }

  get isGreeted(): boolean {
    return this.#attaching !== null;
  }

  input(bytes: Buffer): void {
    if (!this.#attaching || bytes.length > FRAME_BYTES) return this.#refuse();
    this.#withViewer((viewer) => this.#write(viewer, bytes));
  }

  control(text: Buffer): void {
    const message = parse(text);
    if (!message || this.isGreeted === (message.type === 'hello')) return this.#refuse();
    if (message.type === 'hello') this.#begin(message);
    else if (message.type === 'resize') this.#resize(message);
    else this.#withViewer((viewer) => viewer.ack(message.bytes));
  }

  /** May type now, or may no more: goes on where it was as the viewer that it is now. */
  typingChanged(): void {
    if (!this.#hello || this.#closed) return;
    this.#viewer?.close();
    this.#viewer = null;
    this.#begin({ ...this.#hello, offset: this.#at ?? this.#hello.offset });
  }

  close(): void {
    this.#closed = true;
    this.#viewer?.close();
    this.#viewer = null;
  }

  #begin(hello: Hello): void {
    this.#hello = hello;
    this.#toldReadOnly = false;
    this.#attaching = this.#attach(hello);
  }

  #resize({ cols, rows }: { cols: number; rows: number }): void {
    if (this.#hello) this.#hello = { ...this.#hello, cols, rows };
    this.#withViewer((viewer) => viewer.resize(cols, rows));
  }

  async #attach({ cols, rows, offset }: Hello): Promise<void> {
    const { terminals, key, typing, log } = this.#context;
    const attachment = ++this.#attachment;
    const readOnly = !typing.isWriter();
    try {
      const events = this.#events(readOnly, () => attachment === this.#attachment);
      const viewer = await terminals.attach(key, { cols, rows, offset, readOnly }, events);
      if (this.#closed || attachment !== this.#attachment) viewer.close();
      else this.#viewer = viewer;
    } catch (error) {
      if (attachment !== this.#attachment) return;
      const code = error instanceof TerminalError ? error.code : null;
      if (code === null) log.error('a terminal could not be attached', { cause: error, ...key });
      if (code === 'machine_unreachable') this.#send({ type: 'error', code });
      const close = {
        too_many_terminals: CLOSE_CODES.tooMany,
        machine_unreachable: CLOSE_CODES.notFound,
        not_found: CLOSE_CODES.notFound,
      };
      this.#socket.close(code === null ? CLOSE_CODES.broken : close[code], code ?? 'internal');
    }
  }

  /** What comes before the terminal is attached waits its turn. */
  #withViewer(act: (viewer: Viewer) => void): void {
    if (this.#viewer) return act(this.#viewer);
    void this.#attaching?.then(() => this.#viewer && act(this.#viewer));
  }

  #write(viewer: Viewer, bytes: Buffer): void {
    const { typing } = this.#context;
    if (!typing.isWriter() || !typing.isOpen() || !viewer.write(bytes)) {
      if (!this.#toldReadOnly) this.#send({ type: 'error', code: 'read_only' });
      this.#toldReadOnly = true;
      return;
    }
    this.#toldReadOnly = false;
    const room = viewer.inputRoom();
    if (!room || this.#socket.isPaused) return;
    // A large paste: TCP makes the browser wait, so that nothing of it is dropped here.
    this.#socket.pause();
    void room.then(() => this.#socket.resume());
  }

  /** An honest browser acknowledges what it has drawn; one that acknowledges what it never read is cut off. */
  #output(chunk: Buffer): void {
    if (this.#at !== undefined) this.#at += chunk.length;
    if (this.#socket.bufferedAmount > UNSENT_BYTES) this.#socket.terminate();
    else this.#socket.send(chunk, { binary: true });
  }

  /** `isCurrent`: false once another attachment has taken its place. */
  #events(readOnly: boolean, isCurrent: () => boolean): ViewerEvents {
    const tell = (message: TerminalServerMessage) => {
      if (isCurrent()) this.#send(message);
    };
    return {
      ready: (ready) => {
        if (isCurrent()) this.#at = ready.offset;
        tell({ type: 'ready', ...ready, readOnly });
      },
      size: (cols, rows) => tell({ type: 'size', cols, rows }),
      output: (chunk) => isCurrent() && this.#output(chunk),
      title: (title) => tell({ type: 'title', title }),
      viewers: (count) => tell({ type: 'viewers', count }),
      lost: () => tell({ type: 'error', code: 'machine_unreachable' }),
      exit: (code) => {
        if (!isCurrent()) return;
        this.#send({ type: 'exit', code });
        this.#socket.close(CLOSE_NORMAL, 'exit');
      },
    };
  }
}

/** Null for whatever is not a message of the wire. */
function parse(text: Buffer): TerminalClientMessage | null {
  try {
    return terminalClientMessageSchema.parse(JSON.parse(text.toString()));
  } catch {
    // Why it is no message helps nobody: our own pages send none of these.
    return null;
  }
}

function asBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
