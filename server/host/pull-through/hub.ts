/**
 * The registry in proxy mode: fetches images from upstream and keeps them. It panics at its start when upstream is out
 * of reach, so it is started only where that answers, and with a growing pause after each failure.
 */
import type { Clock, Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { ensureUp, stopDaemon, type Daemon } from '../daemon.ts';
import type { Layout } from '../layout.ts';
import { hubDaemon } from '../registry.ts';
import type { Instance } from '../slot.ts';
import type { Cache } from './cache.ts';
import type { Upstream } from './upstream.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Of the 2 s in which a pull is told, beside what asking upstream takes. */
const START_PATIENCE_MS = 600;
const LOOK_AT_CACHE_EVERY_MS = 30_000;

type HubParts = {
  url: string;
  instance: Instance;
  layout: Layout;
  upstream: Upstream;
  cache: Cache;
  clock: Clock;
  log: Log;
};

export class Hub {
  readonly #parts: HubParts;
  readonly #daemon: Daemon;
  #isUp = false;
  #starting: Promise<void> | null = null;
  #failures = 0;
  #notBeforeMs = 0;
  #timer: Timer | null = null;
  #isClosed = false;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#daemon = hubDaemon(parts.instance, parts.layout, {
      url: parts.url,
      directory: parts.cache.directory,
    });
  }

  /** Ahead of the first pull, where that is possible. */
  async open(): Promise<void> {
    await this.#parts.cache.make();
    void this.isReady();
    this.#watchCache();
  }

  /** Whether it is worth asking; known within 2 s. */
  async isReady(): Promise<boolean> {
    if (!(await this.#parts.upstream.isReachable())) return false;
    if (!this.#isUp) await Promise.race([this.#start(), pause(this.#parts.clock, START_PATIENCE_MS)]);
    return this.#isUp;
  }

  /** Nobody answered there: it must have died. */
  lost(): void {
    this.#isUp = false;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#starting;
    await stopDaemon(this.#daemon, this.#parts.layout);
  }

  #start(): Promise<void> {
    if (this.#isClosed || this.#parts.clock.now().getTime() < this.#notBeforeMs) return Promise.resolve();
    this.#starting ??= this.#startNow().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #startNow(): Promise<void> {
    const { layout, clock, log } = this.#parts;
    try {
      await ensureUp(this.#daemon, layout);
      this.#isUp = true;
      this.#failures = 0;
    } catch (error) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures++, LONGEST_PAUSE_MS);
      this.#notBeforeMs = clock.now().getTime() + pauseMs;
      log.warn('the registry in front of upstream does not start', { error, pauseMs });
    }
  }

  #watchCache(): void {
    this.#timer = this.#parts.clock.after(LOOK_AT_CACHE_EVERY_MS, () => {
      this.#keepCacheSmall()
        .catch((error: unknown) =>
          this.#parts.log.error('the cache of pulled images cannot be cleared', { error }),
        )
        .finally(() => this.#isClosed || this.#watchCache());
    });
  }

  async #keepCacheSmall(): Promise<void> {
    const { cache, layout, log } = this.#parts;
    if (!(await cache.isTooLarge())) return;
    log.warn('room for pulled images runs out: they are thrown away');
    this.#isUp = false;
    await this.#starting;
    await stopDaemon(this.#daemon, layout);
    await cache.clear();
  }
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((settle) => void clock.after(ms, settle));
}
