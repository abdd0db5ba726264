/** A WebSocket that comes back by itself: tells when it tries next, and holds what must not be lost meanwhile. */

/** Where the line is. `retryAt` is in milliseconds since 1970, for a countdown. */
export type LineState =
  | { at: 'connecting' }
  | { at: 'open' }
  | { at: 'waiting'; retryAt: number }
  /** The browser has no network; it tries when the network is back. */
  | { at: 'offline' }
  /** The server said no, or `close` was called: it does not try again. */
  | { at: 'closed'; code: number };

export type SocketEvents = {
  /** Connected (again). What is sent here goes out before what was held. */
  open(): void;
  text(message: string): void;
  bytes(bytes: Uint8Array): void;
  state(state: LineState): void;
};

type Data = string | Uint8Array<ArrayBuffer>;
/** The window, but for tests. */
type Page = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** A restarted server is found again within half a second at first, a second and a half for the first minute; then we ask less often. */
const PAUSES_MS = [
  200,
  ...Array.from({ length: 12 }, () => 400),
  800,
  ...Array.from({ length: 36 }, () => 1500),
];
const LATER_PAUSE_MS = 5000;
const CONNECT_MS = 8000;
/** Much typing, no flood. */
const HELD_BYTES = 64 * 1024;
const NORMAL = 1000;
/** Normal end, broken protocol, and the server's refusals; the rest (1001, 1006, 1012, 4500) may pass. */
const FINAL_CODES = [NORMAL, 1008, 4401, 4403, 4404, 4429];

export class ReconnectingSocket {
  readonly #url: () => string;
  readonly #events: SocketEvents;
  readonly #page: Page;
  readonly #connectTo: (url: string) => WebSocket;
  #socket: WebSocket | null = null;
  /** Ends the hearing of a socket that we leave. */
  #deaf = new AbortController();
  #state: LineState = { at: 'connecting' };
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held: Data[] = [];
  #heldBytes = 0;

  constructor(options: {
    url: () => string;
    events: SocketEvents;
    page?: Page;
    connect?: (url: string) => WebSocket;
  }) {
    this.#url = options.url;
    this.#events = options.events;
    this.#page = options.page ?? window;
    this.#connectTo = options.connect ?? ((url) => new WebSocket(url));
    this.#page.addEventListener('online', this.#onOnline);
    this.#page.addEventListener('offline', this.#onOffline);
    this.#connect();
  }

  get state(): LineState {
    return this.#state;
  }

  /** False when the line is down: then nothing was sent. */
  send(data: Data): boolean {
    if (this.#state.at !== 'open') return false;
    this.#socket?.send(data);
    return true;
  }

  /** Goes out when the line is up again. False when too much is held already: then it is dropped. */
  sendOrHold(data: Data): boolean {
    if (this.send(data)) return true;
    if (this.#state.at === 'closed' || this.#heldBytes + data.length > HELD_BYTES) return false;
    this.#held.push(data);
    this.#heldBytes += data.length;
    return true;
  }

  /** Does not wait for the countdown; opens again after `closed`, too. */
  retryNow(): void {
    if (this.#state.at === 'open' || this.#state.at === 'connecting') return;
    if (this.#state.at === 'closed') {
      this.#page.addEventListener('online', this.#onOnline);
      this.#page.addEventListener('offline', this.#onOffline);
    }
    this.#connect();
  }

  close(): void {
    this.#stop(NORMAL);
  }

  readonly #onOnline = () => {
    if (this.#state.at === 'offline' || this.#state.at === 'waiting') this.#connect();
  };

  /** A dead network may keep a socket open for minutes; leaving it is safe since every stream can be resumed. */
  readonly #onOffline = () => {
    if (this.#state.at === 'closed') return;
    this.#leave();
    this.#set({ at: 'offline' });
  };

  #connect(): void {
    this.#leave();
    this.#set({ at: 'connecting' });
    const socket = this.#connectTo(this.#url());
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#retryLater(), CONNECT_MS);
    this.#deaf = new AbortController();
    const { signal } = this.#deaf;
    socket.addEventListener('open', () => this.#opened(), { signal });
    socket.addEventListener('message', ({ data }) => this.#hear(data), { signal });
    // An error is always followed by close, which knows more.
    socket.addEventListener('close', ({ code }) => this.#lost(code), { signal });
  }

  #hear(data: string | ArrayBuffer): void {
    if (typeof data === 'string') this.#events.text(data);
    else this.#events.bytes(new Uint8Array(data));
  }

  #lost(code: number): void {
    if (FINAL_CODES.includes(code)) this.#stop(code);
    else this.#retryLater();
  }

  #opened(): void {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#set({ at: 'open' });
    this.#events.open();
    const held = this.#held;
    this.#forgetHeld();
    for (const data of held) this.send(data);
  }

  #retryLater(): void {
    this.#leave();
    const pauseMs = PAUSES_MS[this.#failures++] ?? LATER_PAUSE_MS;
    // A class of forty comes back over a fifth of the pause, not all at once.
    const spreadMs = pauseMs * (0.9 + Math.random() / 5);
    this.#timer = setTimeout(() => this.#connect(), spreadMs);
    this.#set({ at: 'waiting', retryAt: Date.now() + spreadMs });
  }

  #stop(code: number): void {
    if (this.#state.at === 'closed') return;
    this.#leave();
    this.#page.removeEventListener('online', this.#onOnline);
    this.#page.removeEventListener('offline', this.#onOffline);
    this.#forgetHeld();
    this.#set({ at: 'closed', code });
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#deaf.abort();
    this.#socket?.close();
    this.#socket = null;
  }

  #forgetHeld(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }

  #set(state: LineState): void {
    this.#state = state;
    this.#events.state(state);
  }
}
