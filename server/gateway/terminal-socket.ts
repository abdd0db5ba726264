/** Speaks the terminal wire with one browser: hello, bytes and acknowledgements in; output and control messages out. */
import type { RawData, WebSocket } from 'ws';
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
/** RFC 6455, 7.4.1: the shell ended; the browser broke the protocol. */
const [CLOSE_NORMAL, CLOSE_POLICY] = [1000, 1008];

export type TerminalSocketContext = {
  terminals: Pick<Terminals, 'attach'>;
  key: TerminalKey;
  readOnly: boolean;
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
    connection.close();
  });
}

class Connection {
  readonly #socket: WebSocket;
  readonly #context: TerminalSocketContext;
  readonly #send: (message: TerminalServerMessage) => void;
  readonly #refuse: () => void;
  #attaching: Promise<void> | null = null;
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
    if (message.type === 'hello') this.#attaching = this.#attach(message);
    else if (message.type === 'resize')
      this.#withViewer((viewer) => viewer.resize(message.cols, message.rows));
    else this.#withViewer((viewer) => viewer.ack(message.bytes));
  }

  close(): void {
    this.#closed = true;
    this.#viewer?.close();
    this.#viewer = null;
  }

  async #attach(hello: TerminalClientMessage & { type: 'hello' }): Promise<void> {
    const { terminals, key, readOnly, log } = this.#context;
    const { cols, rows, offset } = hello;
    try {
      const viewer = await terminals.attach(key, { cols, rows, offset, readOnly }, this.#events());
      if (this.#closed) viewer.close();
      else this.#viewer = viewer;
    } catch (error) {
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
    if (!viewer.write(bytes)) {
      if (!this.#toldReadOnly) this.#send({ type: 'error', code: 'read_only' });
      this.#toldReadOnly = true;
      return;
    }
    const room = viewer.inputRoom();
    if (!room || this.#socket.isPaused) return;
    // A large paste: TCP makes the browser wait, so that nothing of it is dropped here.
    this.#socket.pause();
    void room.then(() => this.#socket.resume());
  }

  /** An honest browser acknowledges what it has drawn; one that acknowledges what it never read is cut off. */
  #output(chunk: Buffer): void {
    if (this.#socket.bufferedAmount > UNSENT_BYTES) this.#socket.terminate();
    else this.#socket.send(chunk, { binary: true });
  }

  #events(): ViewerEvents {
    const { readOnly } = this.#context;
    return {
      ready: (ready) => this.#send({ type: 'ready', ...ready, readOnly }),
      size: (cols, rows) => this.#send({ type: 'size', cols, rows }),
      output: (chunk) => this.#output(chunk),
      title: (title) => this.#send({ type: 'title', title }),
      viewers: (count) => this.#send({ type: 'viewers', count }),
      lost: () => this.#send({ type: 'error', code: 'machine_unreachable' }),
      exit: (code) => {
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
