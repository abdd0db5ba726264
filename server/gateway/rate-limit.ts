/** Token buckets by key, so that one browser cannot keep the server busy. Bounded: the longest unused are forgotten. */
import { Bucket, type Rate } from '#server/lib/bucket.ts';
import type { Clock } from '#server/lib/clock.ts';

/** A class behind one address must fit through: 60 learners who all click in the same minute. */
export const RATES = {
  guest: { burst: 120, perMinute: 120 },
  signUp: { burst: 60, perMinute: 60 },
  signIn: { burst: 60, perMinute: 60 },
  /** For one e-mail address, whoever asks: guessing a password takes years. */
  signInAddress: { burst: 10, perMinute: 5 },
  /** Codes that were typed or guessed; at this pace all of them take millions of years. */
  join: { burst: 120, perMinute: 120 },
  /** Tokens of gradebooks that are nobody's. */
  badToken: { burst: 10, perMinute: 10 },
  openSandbox: { burst: 30, perMinute: 60 },
  change: { burst: 60, perMinute: 120 },
  /** Saving at each pause in typing, and a folder dropped onto the tree. */
  files: { burst: 200, perMinute: 600 },
  /** Each makes a machine anew, or looks through one. */
  history: { burst: 20, perMinute: 40 },
  /** All that is kept of somebody, read from every table. */
  data: { burst: 5, perMinute: 5 },
  read: { burst: 300, perMinute: 1200 },
  socket: { burst: 60, perMinute: 240 },
} satisfies Record<string, Rate>;
export type RateName = keyof typeof RATES;

const KEYS_KEPT = 20_000;

export class RateLimit {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False when this one is too many. */
  take(name: RateName, key: string): boolean {
    const id = `${name} ${key}`;
    const nowMs = this.#clock.now().getTime();
    const bucket = this.#buckets.get(id) ?? new Bucket(RATES[name], nowMs);
    // Set anew, so that the map's order is the order of last use.
    this.#buckets.delete(id);
    this.#buckets.set(id, bucket);
    if (this.#buckets.size > KEYS_KEPT) this.#forgetOldest();
    return bucket.take(nowMs);
  }

  /** True where `take` would say no; takes nothing. */
  isSpent(name: RateName, key: string): boolean {
    return this.#buckets.get(`${name} ${key}`)?.holds(this.#clock.now().getTime()) === false;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
