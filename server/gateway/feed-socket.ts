/** One browser on a feed: first everything, then changes, never more in the queue than a browser can be behind. */
import type { WebSocket } from 'ws';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import { feedClientMessageSchema, type FeedClientMessage, type FeedMessage } from '#server/protocol/feed.ts';
import { parseJson } from '../lib/json.ts';
import { keepAlive } from './keep-alive.ts';

/** Messages held back until `all` has been sent. */
const HELD_MESSAGES = 500;
/** Bytes that the kernel and we hold for a browser that does not read; a page is far behind long before. */
const UNSENT_BYTES = 1024 * 1024;
/** Messages a browser may send in one turn of its life; a step a second for a whole day. */
const CLIENT_MESSAGES = 100_000;

export class FeedSocket {
  readonly #socket: WebSocket;
  #held: FeedMessage[] | null = [];
  #received = 0;

  constructor(socket: WebSocket, events: { onMessage(message: FeedClientMessage): void }) {
    this.#socket = socket;
    socket.once('close', keepAlive(socket));
    socket.on('message', (data: Buffer, isBinary) => {
      const message = isBinary ? null : parseMessage(data);
      if (!message || ++this.#received > CLIENT_MESSAGES) return this.#end('not a message of the feed');
      events.onMessage(message);
    });
  }

  onClose(listener: () => void): void {
    this.#socket.once('close', listener);
  }

  /** Sends `all`, then what came up while it was put together. */
  start(all: FeedMessage): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of [all, ...held]) this.send(message);
  }

  send(message: FeedMessage): void {
    if (this.#held) {
      // A browser that comes back is told everything anew: better than a change lost in silence.
      if (this.#held.push(message) > HELD_MESSAGES) this.#end('too much at once');
      return;
    }
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > UNSENT_BYTES) return this.#end('too slow');
    this.#socket.send(JSON.stringify(message));
  }

  #end(reason: string): void {
    this.#held = null;
    this.#socket.close(CLOSE_CODES.broken, reason);
  }
}

function parseMessage(data: Buffer) {
  return feedClientMessageSchema.safeParse(parseJson(data.toString('utf8'))).data ?? null;
}
