/** Ends a connection whose other side does not answer: it would hold its place, and its sandbox awake, for hours. */
import type { WebSocket } from 'ws';

/** A browser that is gone without a word is noticed within twice this time. */
export const PING_MS = 20_000;

/** @returns how to stop; call it when the socket has closed. */
export function keepAlive(socket: WebSocket, everyMs = PING_MS): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    // A paused socket cannot hear the answer.
    if (!isAlive && !socket.isPaused) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs);
  return () => clearInterval(timer);
}
