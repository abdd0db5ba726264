/**
 * Waits until somebody listens on a port of a machine, for a browser that shows "nothing listens yet". What the engine
 * and the sandbox tell starts a look at once; a plain process tells nobody, so while a browser waits the port is tried
 * now and then, less and less often.
 */
import type { Clock, Timer } from '#server/lib/clock.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Destination } from './address.ts';
import type { Lines } from './lines.ts';

/** Browsers that wait at once for one sandbox. */
export const WAITING_PER_SANDBOX = 12;
/** Under the minute after which proxies in between lose patience; the browser then asks again. */
const WAIT_MS = 50_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

export type WaitEnd = 'listens' | 'not yet' | 'gone' | 'too many';

export type WaitingOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  worlds: Pick<Worlds, 'on'>;
  lines: Pick<Lines, 'dial'>;
  clock: Clock;
};

export class Waiting {
  readonly #options: WaitingOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: WaitingOptions) {
    this.#options = options;
  }

  /** @param signal the browser went away */
  async until(asked: Destination, signal: AbortSignal): Promise<WaitEnd> {
    const { sandbox } = asked;
    const count = this.#counts.get(sandbox) ?? 0;
    if (count >= WAITING_PER_SANDBOX) return 'too many';
    this.#counts.set(sandbox, count + 1);
    try {
      return await this.#wait(asked, signal);
    } finally {
      const left = this.#counts.get(sandbox)! - 1;
      if (left > 0) this.#counts.set(sandbox, left);
      else this.#counts.delete(sandbox);
    }
  }

  async #wait(asked: Destination, signal: AbortSignal): Promise<WaitEnd> {
    const { sandboxes, clock } = this.#options;
    const endsAt = clock.now().getTime() + WAIT_MS;
    using news = this.#listen(asked);
    const leave = () => news.wake();
    signal.addEventListener('abort', leave, { once: true });
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const sandbox = sandboxes.get(asked.sandbox);
      if (!sandbox || sandbox.state === 'closed') return 'gone';
      // What happens from here on, while we dial, is not lost.
      news.reset();
      if (sandbox.machines.has(asked.machine) && (await this.#answers(asked))) return 'listens';
      const leftMs = endsAt - clock.now().getTime();
      if (leftMs <= 0) return 'not yet';
      const told = await news.next(Math.min(pauseMs, leftMs));
      pauseMs = told ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
    return 'not yet';
  }

  async #answers(asked: Destination): Promise<boolean> {
    try {
      (await this.#options.lines.dial(asked)).destroy();
      return true;
    } catch {
      // Whatever the reason is: not now.
      return false;
    }
  }

  #listen({ sandbox, machine }: Destination): News {
    const { sandboxes, worlds, clock } = this.#options;
    const news = new News(clock);
    news.defer(worlds.on((event) => event.sandbox === sandbox && event.machine === machine && news.wake()));
    news.defer(sandboxes.on((event) => event.sandbox.id === sandbox && news.wake()));
    return news;
  }
}

/** Something happened, or did not for a while. */
class News implements Disposable {
  readonly #clock: Clock;
  readonly #ends: (() => void)[] = [];
  #happened = false;
  #tell: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  defer(end: () => void): void {
    this.#ends.push(end);
  }

  wake(): void {
    this.#happened = true;
    this.#tell();
  }

  reset(): void {
    this.#happened = false;
  }

  /** True where something happened since `reset`; false after `ms`. */
  async next(ms: number): Promise<boolean> {
    if (this.#happened) return true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer: Timer = this.#clock.after(ms, resolve);
    this.#tell = resolve;
    await promise;
    timer.cancel();
    return this.#happened;
  }

  [Symbol.dispose](): void {
    for (const end of this.#ends) end();
  }
}
