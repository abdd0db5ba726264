/**
 * Goes and looks for what the open tasks of one sandbox need and no event tells. Looks when asked to, and every few
 * seconds while the learner is there; each task one look at a time, with a rest after it.
 */
import type { Expectation } from '#server/lessons/expectation.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { Bucket } from '../lib/bucket.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import { Limit } from '../lib/limit.ts';
import { OneAtATime } from '../lib/one-at-a-time.ts';
import { stepsAtHand } from './at-hand.ts';
import { judgeAll } from './judge.ts';
import { findAll, needsProbes, probesOf } from './probes-of.ts';
import type { TaskMemory } from './task-memory.ts';
import type { Sources } from './verdict.ts';

const EVERY_MS = 3_000;
/** Processes that run in the machine at once for this sandbox; asking for a page needs none. */
const PROCESSES_AT_ONCE = 2;
/** Looks of one task with a short rest after them: more than a learner's commands need. */
const LOOKS = { burst: 12, perMinute: 30 };
const REST_MS = 150;
/** From the beginning of one look to the next, after more than those. A tick still comes in time; and a machine that never rests costs us no more than this. */
const LONG_PERIOD_MS = 1_200;
/** Looks after a typed command that wait for no rest: what the learner does never stands behind what the machine does by itself. Counted, for a program can pretend to be somebody who types. */
const HURRIES = { burst: 12, perMinute: 30 };

export type ProbingOptions = {
  tasks: readonly TaskMemory[];
  look<Asked extends Probe>(probe: Asked): Promise<FindingOf<Asked> | null>;
  /** The machine as it is now, for whatever is found from now on. */
  sources(): Sources;
  /** False: nobody sees what is found, so nobody looks. */
  isPresent(): boolean;
  /** True while nothing has happened for a while. */
  isSettled(): boolean;
  found(task: TaskMemory, sources: Sources, settled: boolean): void;
  clock: Clock;
};

type Occasion = { settled: boolean; typed: boolean };

export class Probing implements Disposable {
  readonly #options: ProbingOptions;
  readonly #limit = new Limit(PROCESSES_AT_ONCE);
  readonly #lookers = new Map<TaskMemory, Looker>();
  readonly #ended = new AbortController();
  #timer: Timer | null = null;

  constructor(options: ProbingOptions) {
    this.#options = options;
    for (const task of options.tasks)
      if (task.definition.expect.some(needsProbes)) this.#lookers.set(task, this.#looker(task));
    if (this.#lookers.size > 0) this.#wait();
  }

  /** True for a task that is judged by what is found, not at once. */
  isFor(task: TaskMemory): boolean {
    return this.#lookers.has(task);
  }

  /**
   * Looks for open tasks, soon: for those of the step that the learner is at, and once things have settled for all.
   * `settled`: what is found then may be told as a miss. `typed`: a command has ended, and who typed it waits for what
   * comes of it.
   */
  ask({ settled, typed }: Occasion): void {
    if (this.#ended.signal.aborted || !this.#options.isPresent()) return;
    for (const [task, looker] of this.#lookers)
      if (task.isOpen && (settled || this.#isNext(task))) looker.ask({ settled, typed });
  }

  /**
   * Looks now. With what is found comes the machine as it was when the look began: a later one together with an older
   * finding would show a moment that never was. `urgent`: goes before looks for what comes later in the lesson.
   */
  async find(expect: readonly Expectation[], urgent = true): Promise<Sources> {
    const { look } = this.#options;
    const sources = this.#options.sources();
    const probes = expect.flatMap((one) => probesOf(one, sources.world));
    const found = await findAll(probes, (probe) =>
      probe.kind === 'http' ? look(probe) : this.#limit.run(() => look(probe), urgent),
    );
    return { ...sources, found };
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
    this.#timer?.cancel();
  }

  #isNext({ definition }: TaskMemory): boolean {
    return stepsAtHand(this.#options.tasks).has(definition.step);
  }

  #looker(task: TaskMemory): Looker {
    const { clock, found } = this.#options;
    const { signal } = this.#ended;
    return new Looker({
      clock,
      signal,
      find: () => this.#findSurely(task),
      found: (what, settled) => found(task, what, settled),
    });
  }

  /**
   * Several things are looked at one after the other, and what changes in between may seem to be what nobody ever had.
   * So a task turns only when a second look says the same.
   */
  async #findSurely(task: TaskMemory): Promise<Sources> {
    const { expect } = task.definition;
    const sources = await this.find(expect, this.#isNext(task));
    const { passed, unseen } = judgeAll(expect, sources);
    if (unseen || passed === task.passed || this.#ended.signal.aborted) return sources;
    return this.find(expect);
  }

  #wait(): void {
    this.#timer = this.#options.clock.after(EVERY_MS, () => {
      this.ask({ settled: this.#options.isSettled(), typed: false });
      this.#wait();
    });
  }
}

type LookerOptions = {
  find(): Promise<Sources>;
  found(sources: Sources, settled: boolean): void;
  clock: Clock;
  signal: AbortSignal;
};

/** Looks for one task, whose neighbours need not wait for it. */
class Looker {
  readonly #options: LookerOptions;
  readonly #rounds = new OneAtATime(() => this.#round());
  readonly #looks: Bucket;
  readonly #hurries: Bucket;
  #settled = false;
  /** Aborted: no rest before the next look. */
  #hurried = new AbortController();

  constructor(options: LookerOptions) {
    this.#options = options;
    const nowMs = options.clock.now().getTime();
    this.#looks = new Bucket(LOOKS, nowMs);
    this.#hurries = new Bucket(HURRIES, nowMs);
  }

  ask({ settled, typed }: Occasion): void {
    this.#settled ||= settled;
    if (typed && this.#hurries.take(this.#options.clock.now().getTime())) this.#hurried.abort();
    this.#rounds.start();
  }

  async #round(): Promise<void> {
    const { find, found, clock, signal } = this.#options;
    if (signal.aborted) return;
    const settled = this.#settled;
    this.#settled = false;
    this.#hurried = new AbortController();
    const beganMs = clock.now().getTime();
    const what = await find();
    if (signal.aborted) return;
    found(what, settled);
    const nowMs = clock.now().getTime();
    const isFew = this.#looks.take(nowMs);
    const restMs = isFew ? REST_MS : Math.max(REST_MS, beganMs + LONG_PERIOD_MS - nowMs);
    await rest(clock, restMs, AbortSignal.any([signal, this.#hurried.signal]));
  }
}

async function rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
}
