/** Who is there, and what follows when nobody is: sleep after a while, and a date until which all is kept. */
import type { Clock, Timer } from '../lib/clock.ts';
import type { LiveSandbox } from './live-sandbox.ts';

/** Node's timers hold 2^31 ms at most: longer waits are taken in pieces. */
const TIMER_MAX_MS = 24 * 60 * 60_000;

export type PresenceOptions = {
  clock: Clock;
  sleepAfterMs: number;
  keepForMs: number;
  sleep: (sandbox: LiveSandbox) => void;
  save: (sandbox: LiveSandbox) => void;
  /** Somebody is there now, or nobody any more. */
  tell: (sandbox: LiveSandbox) => void;
};

export class Presence {
  readonly #options: PresenceOptions;
  readonly #timers = new Map<string, Timer>();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** The first one came, or the last one left. */
  changed(sandbox: LiveSandbox): void {
    this.#options.tell(sandbox);
    if (sandbox.state === 'closed') return;
    this.seen(sandbox);
    if (sandbox.isPresent) this.forget(sandbox);
    else this.arm(sandbox);
  }

  /** Somebody was here now: all is kept for the whole time again. */
  seen(sandbox: LiveSandbox): void {
    const now = this.#options.clock.now();
    const keptUntil = new Date(now.getTime() + this.#options.keepForMs);
    sandbox.lastSeenAt = now;
    if (keptUntil > sandbox.keptUntil) sandbox.keptUntil = keptUntil;
    this.#options.save(sandbox);
  }

  /** Starts waiting, unless somebody is present. */
  arm(sandbox: LiveSandbox): void {
    this.forget(sandbox);
    if (sandbox.isPresent || sandbox.state !== 'ready') return;
    const leftMs = this.#options.sleepAfterMs - this.idleMs(sandbox);
    const timer = this.#options.clock.after(Math.max(0, Math.min(leftMs, TIMER_MAX_MS)), () => {
      this.#timers.delete(sandbox.id);
      if (this.idleMs(sandbox) < this.#options.sleepAfterMs) return this.arm(sandbox);
      if (!sandbox.isPresent) this.#options.sleep(sandbox);
    });
    this.#timers.set(sandbox.id, timer);
  }

  forget(sandbox: LiveSandbox): void {
    this.#timers.get(sandbox.id)?.cancel();
    this.#timers.delete(sandbox.id);
  }

  /** How long nobody has been there; 0 while somebody is. */
  idleMs(sandbox: LiveSandbox): number {
    return sandbox.isPresent ? 0 : this.#options.clock.now().getTime() - sandbox.lastSeenAt.getTime();
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
