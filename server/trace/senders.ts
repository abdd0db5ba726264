/** Who may send traces, and how much: each machine is known by its address, and has an allowance of its own. */
import type { Socket } from 'node:net';
import { Bucket } from '../lib/bucket.ts';
import type { Clock } from '../lib/clock.ts';

export type Place = { sandbox: string; machine: string };

/** dockerd uses one or two; a restarted one and a curl of the learner's find room too. */
export const CONNECTIONS_A_MACHINE = 4;
/** In KiB: dockerd sends at most five times a second, and a build of twenty steps 60 in all. */
export const ALLOWANCE = { burst: 4096, perMinute: 12 * 1024 };
/** Taken from the allowance for each request, however small. */
const REQUEST_COST_KIB = 4;

export type SendersOptions = {
  machineAt(address: string): Place | null;
  clock: Clock;
};

export class Senders {
  readonly #options: SendersOptions;
  /** By address; there are no more than machines may have. */
  readonly #known = new Map<string, Sender>();

  constructor(options: SendersOptions) {
    this.#options = options;
  }

  /** False for a connection that is one too many, or nobody's. */
  admit(socket: Socket): boolean {
    const sender = this.of(socket);
    if (!sender || sender.connections >= CONNECTIONS_A_MACHINE) return false;
    sender.connections++;
    socket.once('close', () => sender.connections--);
    return true;
  }

  /** Looked up anew each time: the address may belong to another sandbox by now. */
  of(socket: Socket): Sender | null {
    const address = socket.remoteAddress ?? '';
    const place = this.#options.machineAt(address);
    if (!place) return null;
    const known = this.#known.get(address);
    if (known?.place.sandbox === place.sandbox) return known;
    const sender = new Sender(place, this.#options.clock);
    this.#known.set(address, sender);
    return sender;
  }
}

class Sender {
  readonly place: Place;
  connections = 0;
  readonly #clock: Clock;
  readonly #allowance: Bucket;

  constructor(place: Place, clock: Clock) {
    this.place = place;
    this.#clock = clock;
    this.#allowance = new Bucket(ALLOWANCE, clock.now().getTime());
  }

  /** Takes it from the allowance; false where there is not enough. */
  affords(bytes: number): boolean {
    return this.#allowance.take(this.#clock.now().getTime(), REQUEST_COST_KIB + Math.ceil(bytes / 1024));
  }
}
