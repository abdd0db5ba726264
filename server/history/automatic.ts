/** Decides when a sandbox is kept by itself: before the learner's first command, and at the end of each step. */
import type { Sandbox } from '../sandbox/contract.ts';
import type { SnapshotRow } from '../store/contract.ts';
import type { TaskState } from '../protocol/tasks.ts';

export type AutomaticOptions = {
  /** In the order of the lesson; none in the playground. */
  stepsOf: (sandbox: Sandbox) => string[];
  states: (sandbox: string) => Promise<TaskState[]>;
  rows: (sandbox: string) => Promise<SnapshotRow[]>;
  keep: (sandbox: Sandbox, kind: 'start' | 'step', step: string | null) => void;
};

export class Automatic {
  readonly #options: AutomaticOptions;
  /** Sandboxes that were ready once: what is kept of them later is not their start. */
  readonly #begun = new Set<string>();
  /** Steps whose tasks all have passed, as far as was seen. */
  readonly #passed = new Map<string, Promise<Set<string>>>();
  /** When the learner last went back. */
  readonly #wentBackAt = new Map<string, Date>();
  readonly #skipped = new Map<string, Set<string>>();

  constructor(options: AutomaticOptions) {
    this.#options = options;
  }

  /** It was there when we came. */
  found(sandbox: Sandbox): void {
    this.#begun.add(sandbox.id);
    if (sandbox.state === 'ready') void this.#passedOf(sandbox.id);
  }

  ready(sandbox: Sandbox): void {
    void this.#passedOf(sandbox.id);
    if (this.#begun.has(sandbox.id)) return;
    this.#begun.add(sandbox.id);
    this.#options.keep(sandbox, 'start', null);
  }

  /** @param skipped steps that were brought from elsewhere: that their tasks pass by it ends none of them */
  wentBack(sandbox: string, at: Date, skipped: readonly string[]): void {
    this.#wentBackAt.set(sandbox, at);
    this.#skipped.set(sandbox, new Set(skipped));
  }

  /** A step counts at the moment in which the last of its tasks passes; one that opens again may pass again. */
  async task(sandbox: Sandbox, { step }: TaskState): Promise<void> {
    const passed = await this.#passedOf(sandbox.id);
    const isPassed = (await this.#stepsPassed(sandbox.id)).has(step);
    const isNew = isPassed && !passed.has(step);
    if (isPassed) passed.add(step);
    else passed.delete(step);
    const isOwn = !this.#skipped.get(sandbox.id)?.has(step);
    if (isNew && isOwn) this.#options.keep(sandbox, 'step', step);
  }

  /**
   * A step without tasks ends when the learner goes on from it, and so does one that is gone through again: its tasks have
   * passed for good. Not when somebody only turns the pages: what comes after it must not have been kept already.
   */
  async movedOn(sandbox: Sandbox, from: string, to: string): Promise<void> {
    const steps = this.#options.stepsOf(sandbox);
    const at = steps.indexOf(from);
    if (at < 0 || steps.indexOf(to) <= at) return;
    const states = await this.#options.states(sandbox.id);
    if (states.some(({ step, passed }) => step === from && !passed)) return;
    const since = this.#wentBackAt.get(sandbox.id)?.getTime() ?? 0;
    const rows = await this.#options.rows(sandbox.id);
    const later = steps.slice(at);
    const isKept = rows.some(
      ({ step, takenAt }) => step !== null && later.includes(step) && takenAt.getTime() >= since,
    );
    if (!isKept) this.#options.keep(sandbox, 'step', from);
  }

  forget(sandbox: string): void {
    for (const known of [this.#begun, this.#passed, this.#wentBackAt, this.#skipped]) known.delete(sandbox);
  }

  #passedOf(sandbox: string): Promise<Set<string>> {
    const known = this.#passed.get(sandbox) ?? this.#stepsPassed(sandbox);
    this.#passed.set(sandbox, known);
    return known;
  }

  async #stepsPassed(sandbox: string): Promise<Set<string>> {
    const states = await this.#options.states(sandbox);
    const open = new Set(states.filter(({ passed }) => !passed).map(({ step }) => step));
    return new Set(states.map(({ step }) => step).filter((step) => !open.has(step)));
  }
}
