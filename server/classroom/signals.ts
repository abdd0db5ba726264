/** What of a learner's doings tells how it goes for them: a fold over what happened, from which the stuck score is made. */
import type { LessonKey } from '../protocol/ids.ts';
import type { Notice } from '../protocol/feed.ts';

/** A pause longer than this is one: only so much of it counts as time spent. */
export const PAUSE_MS = 5 * 60_000;
/** Failures that are looked at, and for how long. */
const FAILURES_KEPT = 20;
const FAILURES_MS = 15 * 60_000;
/** How long a machine counts as in trouble after it said so. */
const TROUBLE_MS = 5 * 60_000;
const TROUBLES: readonly string[] = [
  'not_started',
  'machine_restarted',
  'memory_full',
  'disk_full',
] satisfies Notice[];

/** One thing that a learner did or met. `lesson` is that of the sandbox; null: the playground, or none. */
export type Happening = { at: Date; lesson: LessonKey | null } & (
  | { kind: 'command'; line: string; exitCode: number }
  | { kind: 'passed' | 'hint' | 'solution'; task: string }
  | { kind: 'near'; task: string; words: { en: string; zh: string } }
  | { kind: 'rewind'; step: string | null }
  | { kind: 'machine'; notice: string }
  | { kind: 'opened' | 'finished' | 'moved' }
);

/** Where a learner stands at one moment; all counts since the last progress. */
export type Standing = {
  /** Time spent at it since the last progress. */
  workedMs: number;
  /** The command that failed alike most often of late, and how long ago it began to. */
  sameError: { times: number; sinceMs: number };
  nearMisses: number;
  hints: number;
  machineTrouble: boolean;
};

export class Signals {
  #activeMs: number | null = null;
  #workedMs = 0;
  #failures: { text: string; atMs: number }[] = [];
  readonly #nears = new Set<string>();
  #hints = 0;
  #troubleMs: number | null = null;

  /** When the learner was last seen to do anything. */
  get activeAt(): Date | null {
    return this.#activeMs === null ? null : new Date(this.#activeMs);
  }

  /** In the order in which things happened; what is older than the last counts as of that moment. */
  note(happening: Happening): void {
    const { kind } = happening;
    const atMs = Math.max(happening.at.getTime(), this.#activeMs ?? 0);
    if (kind === 'machine') {
      if (TROUBLES.includes(happening.notice)) this.#troubleMs = atMs;
      return;
    }
    this.#spend(atMs);
    if (kind === 'passed' || kind === 'finished' || kind === 'opened' || kind === 'rewind') this.#begin();
    else if (kind === 'near') this.#nears.add(`${happening.task} ${happening.words.en}`);
    else if (kind === 'hint' || kind === 'solution') this.#hints++;
    else if (kind === 'command') this.#command(happening, atMs);
  }

  at(now: Date): Standing {
    const nowMs = now.getTime();
    const idleMs = this.#activeMs === null ? 0 : Math.max(0, Math.min(nowMs - this.#activeMs, PAUSE_MS));
    return {
      workedMs: this.#workedMs + idleMs,
      sameError: this.#sameError(nowMs),
      nearMisses: this.#nears.size,
      hints: this.#hints,
      machineTrouble: this.#troubleMs !== null && nowMs - this.#troubleMs < TROUBLE_MS,
    };
  }

  #spend(atMs: number): void {
    if (this.#activeMs !== null) this.#workedMs += Math.min(atMs - this.#activeMs, PAUSE_MS);
    this.#activeMs = atMs;
  }

  /** Something went well, or begins anew: what was before says nothing of what comes. */
  #begin(): void {
    this.#workedMs = 0;
    this.#failures = [];
    this.#nears.clear();
    this.#hints = 0;
  }

  #command({ line, exitCode }: { line: string; exitCode: number }, atMs: number): void {
    const text = line.trim().replaceAll(/\s+/g, ' ');
    // It works now: what failed before is understood.
    if (exitCode === 0)
      this.#failures = this.#failures.filter((failure) => !failure.text.endsWith(` ${text}`));
    // Stopped by hand is no failure.
    else if (exitCode !== 130)
      this.#failures = [...this.#failures, { text: `${exitCode} ${text}`, atMs }].slice(-FAILURES_KEPT);
  }

  #sameError(nowMs: number): Standing['sameError'] {
    const alike = new Map<string, { times: number; sinceMs: number }>();
    for (const { text, atMs } of this.#failures) {
      if (nowMs - atMs > FAILURES_MS) continue;
      const known = alike.get(text) ?? { times: 0, sinceMs: nowMs - atMs };
      alike.set(text, { ...known, times: known.times + 1 });
    }
    return [...alike.values()].reduce((most, one) => (one.times > most.times ? one : most), {
      times: 0,
      sinceMs: 0,
    });
  }
}
