/** Connections to ports of machines: dialled through the engine, counted, kept a while for the next request. */
import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Sandbox, Sandboxes } from '#server/sandbox/contract.ts';
import type { Destination } from './address.ts';

/** Of one sandbox, all its ports together: a page loads over six at a time, and each open WebSocket holds one. */
export const LINES_PER_SANDBOX = 100;
/** A kept connection is closed after this: servers close theirs after 5 s to 75 s, and a machine may want to sleep. */
const KEPT_MS = 4_000;
const KEPT_PER_PORT = 6;

/** One life of one machine, as the engine knows it. */
export type Machine = Sandbox['machines'] extends ReadonlyMap<string, infer Ref> ? Ref : never;

export type DialPort = (machine: Machine, target: { port: number }) => Promise<Duplex>;

export type LinesOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  dial: DialPort;
  perSandbox?: number;
};

export class LineError extends Error {
  /** `asleep`: the machine is not up now. `refused`: nothing listens there. `busy`: too many connections. */
  readonly code: 'asleep' | 'refused' | 'busy';
  constructor(code: LineError['code'], options?: ErrorOptions) {
    super(`no connection: ${code}`, options);
    this.name = 'LineError';
    this.code = code;
  }
}

export class Lines implements Disposable {
  readonly #options: LinesOptions;
  readonly #perSandbox: number;
  readonly #open = new Map<string, Map<Duplex, string>>();
  /** Being dialled, by sandbox. */
  readonly #coming = new Map<string, number>();
  readonly #kept: LineAgent;
  readonly #single: LineAgent;
  readonly #unsubscribe: () => void;

  constructor(options: LinesOptions) {
    this.#options = options;
    this.#perSandbox = options.perSandbox ?? LINES_PER_SANDBOX;
    const dial = (to: Place) => this.dial(to);
    this.#kept = new LineAgent(dial, { keeps: true });
    this.#single = new LineAgent(dial, { keeps: false });
    this.#unsubscribe = options.sandboxes.on((event) => {
      // Its end is not always told to us by the other side: a machine that is gone says nothing any more.
      if (event.type === 'machine-down') this.#drop(event.ref.sandbox, event.ref.machine);
      if (event.type === 'changed' && ['asleep', 'closed'].includes(event.sandbox.state))
        this.#drop(event.sandbox.id);
    });
  }

  get open(): number {
    return Array.from(this.#open.values()).reduce((sum, lines) => sum + lines.size, 0);
  }

  /** @throws LineError */
  async dial(to: Place): Promise<Duplex> {
    const machine = this.#options.sandboxes.get(to.sandbox)?.machines.get(to.machine);
    if (!machine) throw new LineError('asleep');
    const count = (this.#open.get(to.sandbox)?.size ?? 0) + (this.#coming.get(to.sandbox) ?? 0);
    if (count >= this.#perSandbox) throw new LineError('busy');
    this.#coming.set(to.sandbox, (this.#coming.get(to.sandbox) ?? 0) + 1);
    try {
      const line = await this.#options.dial(machine, { port: to.port });
      this.#keep(to, line);
      return line;
    } catch (cause) {
      throw new LineError('refused', { cause });
    } finally {
      const left = this.#coming.get(to.sandbox)! - 1;
      if (left > 0) this.#coming.set(to.sandbox, left);
      else this.#coming.delete(to.sandbox);
    }
  }

  /** What `http.request` needs to go there. @param kept over a connection that served before, where there is one */
  way(to: Place, options: { kept: boolean }): ClientRequestArgs {
    const { sandbox, machine, port } = to;
    const agent = options.kept ? this.#kept : this.#single;
    return { agent, host: machine, place: { sandbox, machine, port } } as ClientRequestArgs;
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.#kept.destroy();
    this.#single.destroy();
    for (const sandbox of this.#open.keys()) this.#drop(sandbox);
  }

  #keep({ sandbox, machine }: Place, line: Duplex): void {
    const lines = this.#open.get(sandbox) ?? new Map<Duplex, string>();
    this.#open.set(sandbox, lines);
    lines.set(line, machine);
    // Whoever uses it hears of its errors; while it is only kept, nobody does.
    line.on('error', () => undefined);
    line.once('close', () => {
      lines.delete(line);
      if (lines.size === 0 && this.#open.get(sandbox) === lines) this.#open.delete(sandbox);
    });
  }

  #drop(sandbox: string, machine?: string): void {
    for (const [line, on] of Array.from(this.#open.get(sandbox) ?? []))
      if (machine === undefined || on === machine) line.destroy();
  }
}

type Place = Pick<Destination, 'sandbox' | 'machine' | 'port'>;

/** What the agent asks of a TCP socket; a stream from a far host has none of it and needs none. */
const NOT_TCP = { timeout: 0, setKeepAlive() {}, setTimeout() {}, setNoDelay() {}, ref() {}, unref() {} };

/** Node's own types say that a stream comes with every error. */
type Connected = (error: Error | null, stream: Duplex) => void;

class LineAgent extends Agent {
  readonly #dial: (to: Place) => Promise<Duplex>;
  readonly #keeps: boolean;

  constructor(dial: (to: Place) => Promise<Duplex>, { keeps }: { keeps: boolean }) {
    // Programs are told that we would keep the connection, always: told otherwise, they close it while we still send.
    super({ keepAlive: true, maxFreeSockets: KEPT_PER_PORT, timeout: KEPT_MS });
    this.#dial = dial;
    this.#keeps = keeps;
  }

  override keepSocketAlive(line: Duplex): boolean {
    return this.#keeps && Boolean(super.keepSocketAlive(line));
  }

  override getName(options?: object): string {
    const { sandbox, machine, port } = (options as { place: Place }).place;
    return `${sandbox}/${machine}/${port}`;
  }

  override createConnection(options: object, done: Connected): undefined {
    const { place } = options as { place: Place };
    void connect(() => this.#dial(place), done);
  }
}

async function connect(dial: () => Promise<Duplex>, done: Connected): Promise<void> {
  let line: Duplex;
  try {
    line = await dial();
  } catch (error) {
    return (done as (error: unknown) => void)(error);
  }
  done(null, 'setTimeout' in line ? line : Object.assign(line, NOT_TCP));
}
