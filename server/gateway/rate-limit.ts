/** Token buckets by key, so that one browser cannot keep the server busy. Bounded: the longest unused are forgotten. */
import type { Clock } from '#server/lib/clock.ts';

/** How many at once, and how many a minute after that. */
export type Rate = { burst: number; perMinute: number };

/** A class behind one address must fit through: 60 learners who all click in the same minute. */
export const RATES = {
  guest: { burst: 120, perMinute: 120 },
  signUp: { burst: 60, perMinute: 60 },
  signIn: { burst: 60, perMinute: 60 },
  /** For one e-mail address, whoever asks: guessing a password takes years. */
  signInAddress: { burst: 10, perMinute: 5 },
  openSandbox: { burst: 30, perMinute: 60 },
  change: { burst: 60, perMinute: 120 },
  read: { burst: 300, perMinute: 1200 },
  socket: { burst: 60, perMinute: 240 },
} satisfies Record<string, Rate>;
export type RateName = keyof typeof RATES;

const KEYS_KEPT = 20_000;

type Bucket = { tokens: number; atMs: number };

export class RateLimit {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False when this one is too many. */
  take(name: RateName, key: string): boolean {
    const rate: Rate = RATES[name];
    const id = `${name} ${key}`;
    const nowMs = this.#clock.now().getTime();
    const bucket = this.#buckets.get(id) ?? { tokens: rate.burst, atMs: nowMs };
    const refilled = bucket.tokens + ((nowMs - bucket.atMs) / 60_000) * rate.perMinute;
    const tokens = Math.min(rate.burst, refilled);
    // Set anew, so that the map's order is the order of last use.
    this.#buckets.delete(id);
    this.#buckets.set(id, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    if (this.#buckets.size > KEYS_KEPT) this.#forgetOldest();
    return tokens >= 1;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
