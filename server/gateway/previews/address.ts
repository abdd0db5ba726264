/**
 * Where a port of a machine opens: `<port>-<machine>-<key>.<preview host>`, an origin of its own, or, where wildcard
 * names cannot be had, `/preview/<key>/<machine>/<port>/`. The key is the sandbox's id and a seal that only this server
 * can make, so that nothing needs to be stored and nobody can guess one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { machineNameSchema, sandboxIdSchema } from '#server/protocol/ids.ts';

const ID_LENGTH = 8;
/** 26 letters of 32: 130 bits. The whole label stays under the 63 letters that DNS allows. */
const SEAL_LENGTH = 26;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY = new RegExp(`^[a-z2-7]{${ID_LENGTH + SEAL_LENGTH}}$`);
const LABEL = /^(\d{1,5})-([a-z0-9]+)-([a-z0-9]+)$/;
const PATH = /^\/preview\/([^/?#]*)(?:\/([^/?#]*))?(?:\/([^/?#]*))?(?=[/?#]|$)/;

/** What is asked for: a port of a machine, and what of it. */
export type Destination = {
  sandbox: string;
  machine: string;
  port: number;
  /** As the program in the machine is to see it; begins with a slash. */
  path: string;
};

/** `unknown`: an address of previews, but none that we ever gave out. */
export type Asked = Destination | 'unknown';

export type AddressOptions = {
  secret: string;
  /** `localhost:3000`; null: previews share the app's origin. */
  previewHost: string | null;
  /** The app's own: never taken for a preview, and the scheme that browsers use. */
  origins: readonly string[];
};

export class Addresses {
  /** Previews have origins of their own. */
  readonly isolated: boolean;
  /** `http` or `https` */
  readonly scheme: string;
  readonly #options: AddressOptions;
  readonly #suffix: string | null;
  readonly #ownHosts: ReadonlySet<string>;

  constructor(options: AddressOptions) {
    const { previewHost, origins } = options;
    this.#options = options;
    this.isolated = previewHost !== null;
    this.scheme = new URL(origins[0] ?? 'http://localhost').protocol.slice(0, -1);
    this.#suffix = previewHost === null ? null : `.${nameOf(previewHost)}`;
    this.#ownHosts = new Set(origins.map((origin) => new URL(origin).hostname));
  }

  /** Unguessable, the same for as long as the sandbox lives. */
  keyOf(sandbox: string): string {
    const digest = createHmac('sha256', this.#options.secret).update(sandbox).digest();
    return sandbox + Array.from(digest.subarray(0, SEAL_LENGTH), (byte) => LETTERS[byte & 31]).join('');
  }

  /** The sandbox that this key opens; null where the key is none of ours. */
  sandboxOf(key: string): string | null {
    if (!KEY.test(key)) return null;
    const sandbox = key.slice(0, ID_LENGTH);
    const isOurs = timingSafeEqual(Buffer.from(key), Buffer.from(this.keyOf(sandbox)));
    return isOurs && sandboxIdSchema.safeParse(sandbox).success ? sandbox : null;
  }

  /** With `{port}` and `{machine}` to be filled in; without a slash at its end. */
  template(sandbox: string): string {
    const key = this.keyOf(sandbox);
    return this.isolated
      ? `${this.scheme}://{port}-{machine}-${key}.${this.#options.previewHost}`
      : `/preview/${key}/{machine}/{port}`;
  }

  addressOf({ sandbox, machine, port }: Pick<Destination, 'sandbox' | 'machine' | 'port'>): string {
    return this.template(sandbox).replace('{port}', String(port)).replace('{machine}', machine);
  }

  /** Null: for the app, not for a preview. */
  read(request: IncomingMessage): Asked | null {
    return this.#suffix === null ? this.#readPath(request.url ?? '/') : this.#readHost(request);
  }

  /** What a page may frame, as a source of its Content-Security-Policy. */
  get frameSource(): string {
    return this.isolated ? `${this.scheme}://*.${this.#options.previewHost}` : "'self'";
  }

  #readHost(request: IncomingMessage): Asked | null {
    const host = nameOf(request.headers.host ?? '');
    if (this.#ownHosts.has(host) || !host.endsWith(this.#suffix!)) return null;
    const [, port, machine, key] = LABEL.exec(host.slice(0, -this.#suffix!.length)) ?? [];
    return this.#destination({ key, machine, port, path: request.url });
  }

  #readPath(url: string): Asked | null {
    // Of all that begins so nothing is the app's, whole address or not.
    const [whole, key, machine, port] = PATH.exec(url) ?? [];
    if (whole === undefined) return null;
    const rest = url.slice(whole.length);
    return this.#destination({ key, machine, port, path: rest.startsWith('/') ? rest : `/${rest}` });
  }

  #destination(parts: Record<'key' | 'machine' | 'port' | 'path', string | undefined>): Asked {
    const sandbox = this.sandboxOf(parts.key ?? '');
    const machine = machineNameSchema.safeParse(parts.machine);
    const port = Number(parts.port);
    const isPort = /^[1-9]\d{0,4}$/.test(parts.port ?? '') && port <= 65_535;
    // `OPTIONS *` and whole addresses, as proxies are asked, are no page of a learner's program.
    const path = parts.path?.startsWith('/') ? parts.path : null;
    if (sandbox === null || !machine.success || !isPort || path === null) return 'unknown';
    return { sandbox, machine: machine.data, port, path };
  }
}

/** The name in a Host header: without the port, which a proxy in front may leave out, and without a final dot. */
export function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}
