/**
 * Follows one machine's engine for as long as the machine is up: subscribes first, looks at everything once, then only
 * at what events name. Never polls. While there is no engine (the learner restarts it, or has yet to install one) the
 * machine itself tells when one listens.
 */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { OneAtATime } from '../lib/one-at-a-time.ts';
import { Allowance } from './allowance.ts';
import type { World, WorldDiff } from './contract.ts';
import { readEvents } from './engine-events.ts';
import { InnerApi, type Dial } from './inner-api.ts';
import { Ledger } from './ledger.ts';
import { look } from './look.ts';
import { diffWorlds, EMPTY_WORLD, nextWorld, type Sight } from './model.ts';

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 3_000;
/** A learner's busiest minute is far below this; it is what a machine may cost us. */
const READ_BYTES = { most: 8 * 1024 * 1024, perSecond: 512 * 1024 };
const EVENTS_PATH = eventsPath();

export type WatchOptions = {
  dial: Dial;
  /** Resolves when the engine can be dialled, or after a long while. */
  listens(signal: AbortSignal): Promise<unknown>;
  clock: Clock;
  log: Log;
  changed(world: World, diff: WorldDiff): void;
};

export class MachineWatch implements AsyncDisposable {
  readonly #options: WatchOptions;
  readonly #ended = new AbortController();
  readonly #done: Promise<void>;
  readonly #allowance: Allowance;
  #world: World = EMPTY_WORLD;
  /** True once everything has been looked at. */
  #seen = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#allowance = new Allowance(options.clock, READ_BYTES);
    this.#done = this.#run();
  }

  get world(): World | null {
    return this.#seen ? this.#world : null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#ended.signal.aborted) {
      try {
        await this.#follow(() => (pauseMs = FIRST_PAUSE_MS));
      } catch (error) {
        if (!this.#ended.signal.aborted)
          this.#options.log.debug('the inner engine does not answer', { error });
      }
      if (this.#ended.signal.aborted) return;
      this.#show({ connected: false });
      // A tenant may let us in and answer nonsense: that is tried less and less often.
      await this.#rest(pauseMs);
      await this.#listener();
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }

  /** One connection's life; ends when the engine closes it, throws when it cannot be used. */
  async #follow(connected: () => void): Promise<void> {
    using api = new InnerApi(this.#options.dial, this.#allowance);
    const ledger = new Ledger();
    // Subscribe before looking, or what happens between the two is lost.
    const stream = await api.stream(EVENTS_PATH, this.#ended.signal);
    ledger.noteAll();
    const looking = new OneAtATime(async () => {
      if (ledger.isEmpty) return;
      const sight = await look(api, this.#world, ledger.take(), ledger);
      this.#seen = true;
      this.#show({ ...sight, connected: true });
      connected();
    });
    // A failed look ends the connection: the next one begins with a look at everything.
    looking.onFailure = (error) => stream.destroy(error);
    looking.start();
    try {
      for await (const event of readEvents(stream, this.#allowance)) {
        ledger.note(event);
        looking.start();
      }
    } finally {
      stream.destroy();
      api[Symbol.dispose]();
      await looking.ended;
    }
  }

  #show(sight: Sight): void {
    const before = this.#world;
    this.#world = nextWorld(before, sight);
    const diff = diffWorlds(before, this.#world);
    if (diff && this.#seen) this.#options.changed(this.#world, diff);
  }

  async #listener(): Promise<void> {
    try {
      await this.#options.listens(this.#ended.signal);
    } catch (error) {
      if (!this.#ended.signal.aborted)
        this.#options.log.debug('the machine cannot tell whether its engine listens', { error });
    }
  }

  async #rest(ms: number): Promise<void> {
    const { signal } = this.#ended;
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.after(ms, resolve);
      signal.addEventListener('abort', () => (timer.cancel(), resolve()), { once: true });
    });
  }
}

function eventsPath(): string {
  const filters = JSON.stringify({ type: ['container', 'image', 'volume', 'network'] });
  // `since` makes the engine begin with the last 256 events that it kept: what was removed while we were away is told.
  return `/events?since=1&filters=${encodeURIComponent(filters)}`;
}
