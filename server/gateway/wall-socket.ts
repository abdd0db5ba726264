/** One browser on a class's wall: it only listens, and one that reads too slowly comes back for everything anew. */
import type { WebSocket } from 'ws';
import type { Person } from '#server/classroom/contract.ts';
import { CLOSE_CODES } from '#server/protocol/errors.ts';
import type { ClassRow } from '#server/store/contract.ts';
import { keepAlive } from './keep-alive.ts';
import type { GatewayParts } from './parts.ts';

/** Everything about 500 learners is under a megabyte. */
const UNSENT_BYTES = 4 * 1024 * 1024;

export type WallContext = { row: ClassRow; person: Person };

export function serveWall(
  socket: WebSocket,
  { live, classes, log }: Pick<GatewayParts, 'live' | 'classes' | 'log'>,
  { row, person }: WallContext,
): void {
  const end = (code: number, reason: string) => socket.close(code, reason);
  const stopPinging = keepAlive(socket);
  socket.on('message', () => end(CLOSE_CODES.broken, 'a wall takes no messages'));
  const viewer = {
    userId: person.id,
    send(text: string) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > UNSENT_BYTES) return end(CLOSE_CODES.broken, 'too slow');
      socket.send(text);
    },
    close() {
      if (classes.get(row.id) === null) end(CLOSE_CODES.notFound, 'not_found');
      else end(CLOSE_CODES.broken, 'broken');
    },
  };
  const place = live.walls.open(row, viewer);
  log.debug('a wall is looked at', { class: row.id, by: person.id });
  socket.once('close', () => {
    stopPinging();
    place[Symbol.dispose]();
  });
}
