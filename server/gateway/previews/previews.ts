/**
 * Previews: what programs in machines serve, in the browser. Whoever has the address may look: a preview's origin has no
 * session, and must have none, so the key in the address is all that is checked.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '#server/lib/clock.ts';
import type { Unsubscribe } from '#server/lib/emitter.ts';
import type { Log } from '#server/lib/log.ts';
import type { PreviewsView } from '#server/protocol/preview.ts';
import type { Sandbox, Sandboxes } from '#server/sandbox/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import { Addresses, type Asked, type Destination } from './address.ts';
import { carry, type CarryParts } from './carry.ts';
import { type DialPort, Lines, LINES_PER_SANDBOX } from './lines.ts';
import { say, WAIT_PATH } from './page.ts';
import { Ports, type PortsEvent } from './ports.ts';
import { carryUpgrade, refuse } from './upgrade.ts';
import { Waiting } from './waiting.ts';
import { PASSING, type Trouble } from './words.ts';

/** Long questions and quiet sockets live on; what was forgotten does not. */
const IDLE_MS = 10 * 60_000;

export type PreviewsOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  worlds: Pick<Worlds, 'get' | 'on'>;
  engine: { dial: DialPort };
  secret: string;
  /** `localhost:3000`; null: previews share the app's origin, as paths. */
  previewHost: string | null;
  origins: readonly string[];
  clock: Clock;
  log: Log;
  linesPerSandbox?: number;
  idleMs?: number;
};

export interface Previews extends Disposable {
  /** True where the request was for a preview; it is then being answered. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** What a page of the app is told. */
  view(sandbox: string): PreviewsView;
  on(listener: (event: PortsEvent) => void): Unsubscribe;
  /** What pages of the app may frame, as a source of a Content-Security-Policy. */
  readonly frameSource: string;
  /** Open connections to machines, and how many one sandbox may have. */
  readonly lines: number;
  readonly linesPerSandbox: number;
}

export function openPreviews(options: PreviewsOptions): Previews {
  return new Rooms(options);
}

class Rooms implements Previews {
  readonly frameSource: string;
  readonly linesPerSandbox: number;
  readonly #options: PreviewsOptions;
  readonly #addresses: Addresses;
  readonly #lines: Lines;
  readonly #ports: Ports;
  readonly #waiting: Waiting;
  readonly #carry: CarryParts;
  /** The browsers' ends of upgraded connections; the gateway does not know them any more. */
  readonly #upgraded = new Set<Duplex>();

  constructor(options: PreviewsOptions) {
    const { sandboxes, engine, origins, idleMs = IDLE_MS } = options;
    this.#options = options;
    this.linesPerSandbox = options.linesPerSandbox ?? LINES_PER_SANDBOX;
    this.#addresses = new Addresses(options);
    this.frameSource = this.#addresses.frameSource;
    this.#lines = new Lines({
      sandboxes,
      dial: (...to) => engine.dial(...to),
      perSandbox: this.linesPerSandbox,
    });
    this.#ports = new Ports(options);
    this.#waiting = new Waiting({ ...options, lines: this.#lines });
    this.#carry = { addresses: this.#addresses, lines: this.#lines, origins, idleMs };
  }

  get lines(): number {
    return this.#lines.open;
  }

  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const asked = this.#addresses.read(request);
    if (asked === null) return false;
    this.#answer(asked, request, response).catch((error: unknown) => {
      this.#options.log.error('a preview failed', { error });
      response.destroy();
    });
    return true;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const asked = this.#addresses.read(request);
    if (asked === null) return false;
    const found = this.#find(asked);
    if ('trouble' in found) refuse(socket, found.trouble);
    else {
      this.#upgraded.add(socket);
      socket.once('close', () => this.#upgraded.delete(socket));
      carryUpgrade(this.#carry, found.asked, { request, socket, head });
    }
    return true;
  }

  view(sandbox: string): PreviewsView {
    return { address: this.#addresses.template(sandbox), ports: this.#ports.of(sandbox) };
  }

  on(listener: (event: PortsEvent) => void): Unsubscribe {
    return this.#ports.on(listener);
  }

  [Symbol.dispose](): void {
    this.#ports[Symbol.dispose]();
    this.#lines[Symbol.dispose]();
    for (const socket of this.#upgraded) socket.destroy();
  }

  async #answer(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = this.#find(asked);
    if (!('trouble' in found) || PASSING.includes(found.trouble)) {
      const { path } = asked as Destination;
      if (path === WAIT_PATH) return this.#wait(asked as Destination, request, response);
      // One address for one page: without the slash, what it links to would be looked for beside it.
      if (!this.#addresses.isolated && isBare(request.url ?? '')) return this.#addSlash(request, response);
    }
    const trouble =
      'trouble' in found ? found.trouble : await carry(this.#carry, found.asked, { request, response });
    if (trouble !== null) this.#say(trouble, { asked, request, response });
  }

  #find(asked: Asked): { asked: Destination; sandbox: Sandbox } | { trouble: Trouble } {
    if (asked === 'unknown') return { trouble: 'unknown' };
    const sandbox = this.#options.sandboxes.get(asked.sandbox);
    if (!sandbox || sandbox.state === 'closed') return { trouble: 'closed' };
    if (!sandbox.view().machines.some(({ name }) => name === asked.machine)) return { trouble: 'no_machine' };
    if (sandbox.machines.has(asked.machine)) return { asked, sandbox };
    return { trouble: sandbox.state === 'asleep' ? 'asleep' : 'preparing' };
  }

  #say(trouble: Trouble, { asked, request, response }: Answering): void {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const { origins, sandboxes } = this.#options;
    const known = asked === 'unknown' ? null : asked;
    const sandbox = known && sandboxes.get(known.sandbox);
    const said = say(trouble, request, { addresses: this.#addresses, origins, asked: known, sandbox });
    request.resume();
    response.writeHead(said.status, said.headers);
    response.end(request.method === 'HEAD' ? undefined : said.body);
  }

  async #wait(asked: Destination, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const end = await this.#waiting.until(asked, gone.signal);
    if (response.destroyed) return;
    const status = { listens: 204, 'not yet': 202, gone: 410, 'too many': 429 }[end];
    // A page without an origin of its own may read this too; there is nothing in it.
    response.writeHead(status, { 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    response.end();
  }

  #addSlash(request: IncomingMessage, response: ServerResponse): void {
    const [path = '', query] = (request.url ?? '').split('?', 2);
    const location = `${path}/${query === undefined ? '' : `?${query}`}`;
    response.writeHead(308, { location, 'cache-control': 'no-store', 'content-length': 0 });
    response.end();
  }
}

type Answering = { asked: Asked; request: IncomingMessage; response: ServerResponse };

/** `/preview/<key>/<machine>/<port>` and nothing after it. */
function isBare(url: string): boolean {
  return /^\/preview\/[^/?]+\/[^/?]+\/[^/?]+(\?|$)/.test(url);
}
