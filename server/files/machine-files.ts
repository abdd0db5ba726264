/** The helper of one machine: started when it is needed, ended when nobody needs it, started again when it was lost. */
import type { Engine, MachineRef } from '../engine/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { OneAtATime } from '../lib/one-at-a-time.ts';
import { FILE_LIMITS } from '../protocol/numbers.ts';
import { FilesError } from './contract.ts';
import { encodeWatch } from './frames.ts';
import { Helper, type Listen } from './helper.ts';
import { unreachable } from './refusals.ts';
import { hearEnd } from './replies.ts';

export const ANSWER_MS = 10_000;
/** With nothing to do and nothing to watch. */
const IDLE_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
/** Downloads and uploads of one machine at a time, each with a helper of its own. */
const STREAMS_MAX = 2;

export type MachineFilesOptions = {
  engine: Pick<Engine, 'exec'>;
  ref: MachineRef;
  clock: Clock;
  log: Log;
  changed(paths: string[]): void;
};

export class MachineFiles {
  readonly ref: MachineRef;
  readonly #options: MachineFilesOptions;
  readonly #watching: OneAtATime;
  readonly #watchers = new Map<object, readonly string[]>();
  #helper: Promise<Helper> | null = null;
  #idle: Timer | null = null;
  #again: Timer | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #streams = 0;
  /** What the present helper has been told to watch. */
  #told = '';
  #isClosed = false;

  constructor(options: MachineFilesOptions) {
    this.#options = options;
    this.ref = options.ref;
    this.#watching = new OneAtATime(() => this.#tellWatched());
    this.#watching.onFailure = (error) => {
      options.log.debug('files of a machine cannot be watched', { ...options.ref, error });
      this.#watchLater();
    };
  }

  /** @throws FilesError */
  async ask<Value>(
    send: (write: (frame: Buffer) => Promise<void>) => Promise<void>,
    listen: Listen<Value>,
    limitMs = ANSWER_MS,
  ): Promise<Value> {
    if (this.#isClosed) throw unreachable('The machine goes to sleep.');
    const helper = await this.#open();
    this.#idle?.cancel();
    try {
      return await helper.ask(send, listen, limitMs);
    } finally {
      this.#rest();
    }
  }

  /** Runs work that has a helper of its own. @throws FilesError `too_many_requests` */
  takeStream(): Disposable {
    if (this.#streams >= STREAMS_MAX)
      throw new FilesError('too_many_requests', 'Wait until a file that is under way has come through.');
    this.#streams++;
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (!isOver) this.#streams--;
        isOver = true;
      },
    };
  }

  watch(who: object, paths: readonly string[]): void {
    if (paths.length > 0) this.#watchers.set(who, paths);
    else if (!this.#watchers.delete(who)) return;
    this.#watching.start();
  }

  close(): void {
    this.#isClosed = true;
    this.#idle?.cancel();
    this.#again?.cancel();
    this.#drop();
  }

  /** Every watcher's paths, each once, as many as one helper takes. */
  get #watched(): string[] {
    return [...new Set([...this.#watchers.values()].flat())].slice(0, FILE_LIMITS.watched);
  }

  #open(): Promise<Helper> {
    return (this.#helper ??= this.#start());
  }

  #start(): Promise<Helper> {
    const { engine, ref, clock } = this.#options;
    const forget = () => {
      if (this.#helper === helper) this.#helper = null;
    };
    const events = {
      changed: (paths: string[]) => this.#tell(paths),
      lost: () => {
        forget();
        this.#watchLater();
      },
    };
    const helper = Helper.start({ engine, ref, clock, events });
    this.#told = '';
    helper.catch(forget);
    return helper;
  }

  #drop(): void {
    const helper = this.#helper;
    this.#helper = null;
    helper?.then((open) => open.close()).catch(() => undefined);
  }

  #rest(): void {
    this.#idle?.cancel();
    if (this.#isClosed || this.#watchers.size > 0) return;
    this.#idle = this.#options.clock.after(IDLE_MS, () => this.#drop());
  }

  #watchLater(): void {
    if (this.#isClosed || this.#watchers.size === 0) return;
    this.#again?.cancel();
    // A learner may end it as often as they like: then we come back ever more slowly.
    this.#again = this.#options.clock.after(this.#pauseMs, () => this.#watching.start());
    this.#pauseMs = Math.min(this.#pauseMs * 2, MAX_PAUSE_MS);
  }

  async #tellWatched(): Promise<void> {
    const paths = this.#watched;
    if (this.#isClosed) return;
    if (paths.length === 0 && this.#helper === null) return;
    const isNew = this.#helper === null;
    const helper = await this.#open();
    const told = paths.join('\0');
    if (told === this.#told) return;
    await this.ask(async (write) => write(encodeWatch(paths)), hearEnd);
    this.#told = told;
    this.#pauseMs = FIRST_PAUSE_MS;
    // What happened while nobody watched is not known.
    if (isNew && !helper.isOver) this.#tell(paths);
  }

  /** Only what somebody asked for is passed on, whatever the helper says. */
  #tell(paths: string[]): void {
    const watched = new Set(this.#watched);
    const changed = [...new Set(paths)].filter((path) => watched.has(path));
    if (changed.length > 0) this.#options.changed(changed);
  }
}
