/**
 * Lets browsers open WebSockets. In this order: is the page one of ours, is somebody signed in, may they see this sandbox,
 * or teach this class. A refused browser is connected and at once closed with the code that says why: of a refused handshake a page
 * learns nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Seat } from '#server/classroom/watching.ts';
import { CLOSE_CODES } from '#server/protocol/numbers.ts';
import { machineNameSchema, terminalNameSchema } from '#server/protocol/ids.ts';
import { FRAME_BYTES } from '#server/protocol/terminal.ts';
import { accessTo, findSandbox } from './access.ts';
import type { User } from './auth.ts';
import { headersOf } from './api.ts';
import { isOurOrigin } from './origin.ts';
import type { GatewayParts } from './parts.ts';
import { matchPath } from './path.ts';
import { answerFor, Refusal } from './refusal.ts';
import { FEED_SOCKET, TERMINAL_SOCKET, WALL_SOCKET } from './routes.ts';
import { serveTerminal } from './terminal-socket.ts';
import { typingOf } from './watching.ts';
import { serveWall } from './wall-socket.ts';

/** Open sockets of one user: all terminals of all sandboxes in a few browsers. */
const SOCKETS_PER_USER = 100;

const SOCKETS = [TERMINAL_SOCKET, FEED_SOCKET, WALL_SOCKET];

type Serve = (socket: WebSocket) => void | Promise<void>;
type Verdict = { serve: Serve; userId: string } | { close: number; reason: string };

export interface Sockets extends Disposable {
  /** True when the path is a socket of ours; the upgrade is then being dealt with. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  readonly open: number;
}

export function createSockets(parts: GatewayParts): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
    clientTracking: true,
  });
  const perUser = new Map<string, number>();

  function connect(verdict: Verdict, webSocket: WebSocket): void {
    webSocket.on('error', (error) => parts.log.debug('a socket failed', { error }));
    if ('close' in verdict) {
      parts.measures.countRefusal(String(verdict.close));
      return webSocket.close(verdict.close, verdict.reason);
    }
    const { userId, serve } = verdict;
    perUser.set(userId, (perUser.get(userId) ?? 0) + 1);
    webSocket.once('close', () => {
      const left = (perUser.get(userId) ?? 1) - 1;
      if (left > 0) perUser.set(userId, left);
      else perUser.delete(userId);
    });
    start(serve, webSocket).catch((error: unknown) => {
      parts.log.error('a socket could not be served', { error });
      webSocket.close(CLOSE_CODES.broken, 'broken');
    });
  }

  async function admit(
    request: IncomingMessage,
    params: Record<string, string>,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    // Judged before the handshake, so that from its first byte the socket has its listeners.
    const verdict = await judge(parts, request, params, perUser);
    if (!socket.destroyed) server.handleUpgrade(request, socket, head, (it) => connect(verdict, it));
  }

  return {
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', 'http://gateway');
      const params = SOCKETS.map((path) => matchPath(path, pathname)).find((found) => found !== null);
      if (!params) return false;
      admit(request, params, socket, head).catch((error: unknown) => {
        parts.log.error('an upgrade failed', { error });
        socket.destroy();
      });
      return true;
    },
    get open() {
      return server.clients.size;
    },
    [Symbol.dispose]() {
      // 1001, going away: pages then wait and come back.
      for (const socket of server.clients) socket.close(1001, 'server restarting');
      server.close();
    },
  };
}

async function start(serve: Serve, socket: WebSocket): Promise<void> {
  await serve(socket);
}

async function judge(
  parts: GatewayParts,
  request: IncomingMessage,
  params: Record<string, string>,
  perUser: ReadonlyMap<string, number>,
): Promise<Verdict> {
  if (!isOurOrigin(request, parts.origins)) return { close: CLOSE_CODES.notAllowed, reason: 'wrong_origin' };
  const { user } = await parts.auth.identify(headersOf(request), { refresh: false });
  if (!user) return { close: CLOSE_CODES.notSignedIn, reason: 'not_signed_in' };
  if (!parts.limit.take('socket', user.id) || (perUser.get(user.id) ?? 0) >= SOCKETS_PER_USER)
    return { close: CLOSE_CODES.tooMany, reason: 'too_many_requests' };
  try {
    return { userId: user.id, serve: await serverFor(parts, params, user) };
  } catch (error) {
    const { code } = answerFor(error).body.error;
    if (code === 'not_allowed') return { close: CLOSE_CODES.notAllowed, reason: code };
    if (code === 'not_found' || code === 'sandbox_closed')
      return { close: CLOSE_CODES.notFound, reason: code };
    throw error;
  }
}

/** @throws Refusal or ClassroomError for who may not see it. */
async function serverFor(parts: GatewayParts, params: Record<string, string>, user: User): Promise<Serve> {
  if (params.class !== undefined) {
    const row = parts.classes.taught(user, params.class);
    return (socket) => serveWall(socket, parts, { row, person: user });
  }
  const { sandbox, access } = await findSandbox(parts, user, params.id, 'watch');
  if (params.terminal === undefined) return watched((socket) => parts.feeds.serve(socket, sandbox, user));
  const machine = machineNameSchema.safeParse(params.machine);
  const terminal = terminalNameSchema.safeParse(params.terminal);
  const exists = sandbox.view().machines.some(({ name }) => name === params.machine);
  if (!machine.success || !terminal.success || !exists)
    throw new Refusal('not_found', 'There is no such machine or terminal.');
  // To look at a terminal that is not there would open it, in a machine that is another's.
  const list = access === 'own' ? null : await parts.terminalLists.of(sandbox.id);
  if (list && !list.some(({ machine: at, name }) => at === machine.data && name === terminal.data))
    throw new Refusal('not_found', 'The learner has no such terminal.');
  const key = { sandbox: sandbox.id, machine: machine.data, terminal: terminal.data };
  return watched((socket, seat) => {
    const typing = typingOf(parts, sandbox, seat);
    serveTerminal(socket, { terminals: parts.terminals, key, typing, log: parts.log });
  });

  /** Who looks at another's sandbox has a seat there, from the first moment until the socket closes. */
  function watched(serve: (socket: WebSocket, seat: Seat | null) => void | Promise<void>): Serve {
    return (socket) => {
      if (access === 'own') return serve(socket, null);
      // They may have lost the right between the question and the handshake.
      if (accessTo(parts, user, sandbox) === null) return socket.close(CLOSE_CODES.notAllowed, 'not_allowed');
      const close = () => socket.close(CLOSE_CODES.notAllowed, 'not_allowed');
      const seat = parts.live.watching.sit(sandbox, user, close);
      socket.once('close', () => seat[Symbol.dispose]());
      return serve(socket, seat);
    };
  }
}
