/** A token bucket: so many at once, and so many a minute after that. */
export type Rate = { burst: number; perMinute: number };

export class Bucket {
  readonly #rate: Rate;
  #tokens: number;
  #atMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#atMs = nowMs;
  }

  /** Whether `take` would say yes. */
  holds(nowMs: number, amount = 1): boolean {
    const refill = ((nowMs - this.#atMs) / 60_000) * this.#rate.perMinute;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + refill);
    this.#atMs = nowMs;
    return this.#tokens >= amount;
  }

  /** False when this one is too many; asking again does not lengthen the wait. */
  take(nowMs: number, amount = 1): boolean {
    if (!this.holds(nowMs, amount)) return false;
    this.#tokens -= amount;
    return true;
  }
}
