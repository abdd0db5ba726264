/** WebSockets and whatever else a program upgrades to: after the handshake, bytes both ways as they come. */
import { type IncomingMessage, request as ask, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Destination } from './address.ts';
import type { CarryParts } from './carry.ts';
import { towardsBrowser, towardsMachine } from './headers.ts';
import { LineError } from './lines.ts';
import { type Trouble, TROUBLES } from './words.ts';

/** What a browser may send before it knows that the program agrees. */
const EARLY_BYTES = 64 * 1024;

type Browser = { request: IncomingMessage; socket: Duplex; head: Buffer };

export function carryUpgrade(
  parts: CarryParts,
  asked: Destination,
  { request, socket, head }: Browser,
): void {
  const { addresses, lines, idleMs } = parts;
  const host = request.headers.host ?? '';
  const upstream = ask({
    ...lines.way(asked, { kept: false }),
    method: request.method,
    path: asked.path,
    headers: towardsMachine(request, asked, addresses, true),
    setHost: false,
    timeout: idleMs,
  });
  const drop = () => upstream.destroy();
  socket.once('close', drop);
  const early = holdBack(socket, head);
  upstream.once('timeout', drop);
  upstream.once('error', (error) => refuse(socket, troubleOf(error)));
  upstream.once('upgrade', (answer, line, first) => {
    socket.write(headOf(answer, towardsBrowser(answer, asked, { addresses, host, upgrade: true })), 'latin1');
    join({ socket, line, idleMs });
    socket.write(first);
    line.write(early.take());
  });
  upstream.once('response', (answer) => {
    // It does not upgrade: its own answer says why.
    const headers = towardsBrowser(answer, asked, { addresses, host });
    socket.write(headOf(answer, [...headers, 'Connection', 'close']), 'latin1');
    answer.pipe(socket);
    answer.once('error', () => socket.destroy());
  });
  upstream.end();
}

/** An answer without a page: nobody looks at one. */
export function refuse(socket: Duplex, trouble: Trouble): void {
  if (socket.destroyed) return;
  const status = TROUBLES[trouble];
  // A client that never closes would keep it open.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nX-Drydock-Preview: ${trouble}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
}

function troubleOf(error: Error): Trouble {
  if (!(error instanceof LineError)) return 'not_http';
  return error.code === 'refused' ? 'silent' : error.code;
}

/** Read from the start: of a socket that is not read, nobody hears that it has ended. */
function holdBack(socket: Duplex, head: Buffer): { take(): Buffer } {
  const held = [head];
  let bytes = 0;
  const hold = (chunk: Buffer) => {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes > EARLY_BYTES) socket.destroy();
  };
  const leave = () => socket.destroy();
  socket.on('data', hold).once('end', leave);
  return {
    take() {
      socket.off('data', hold).off('end', leave);
      return Buffer.concat(held);
    },
  };
}

function join({ socket, line, idleMs }: { socket: Duplex; line: Duplex; idleMs: number }): void {
  for (const [from, to] of [
    [socket, line],
    [line, socket],
  ] as const) {
    // `pipe` stops reading where the other side does not take any more.
    from.pipe(to);
    from.once('close', () => to.destroy());
    from.once('error', () => to.destroy());
  }
  if (!('setTimeout' in line)) return;
  // Bytes either way pass through it: when it is quiet, both are.
  const tcp = line as Duplex & { setTimeout(ms: number, late: () => void): void };
  tcp.setTimeout(idleMs, () => line.destroy());
}

function headOf(answer: IncomingMessage, headers: readonly string[]): string {
  let text = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return `${text}\r\n`;
}
