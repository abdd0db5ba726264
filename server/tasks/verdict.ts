/** What a look at one expectation says, and how a fact of it is put down. */
import type { ApiCall } from '#server/trace/contract.ts';
import type { World } from '#server/world/contract.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import type { Localized } from '../protocol/ids.ts';
import type { Fact } from '../protocol/tasks.ts';

export type Verdict = {
  passed: boolean;
  /** The learner has done something toward it: passed, or missed by little. */
  near: boolean;
  facts: Fact[];
  /** What it is about could not be seen just now: it is neither so nor not so. Never together with `passed`. */
  unseen?: true;
};

export const UNSEEN: Verdict = { passed: false, near: false, facts: [], unseen: true };

export type CommandSeen = { machine: string; line: string; exitCode: number };

/** All that an expectation may look at. */
export type Sources = {
  world(machine: string): World | null;
  /** Oldest first. */
  commands: readonly CommandSeen[];
  /** Calls of a machine's engine, oldest first, each with the command that caused it. */
  calls(machine: string): readonly ApiCall[];
  /** What was found just now by who went and looked for this task; null where it could not be seen. */
  found<Asked extends Probe>(probe: Asked): FindingOf<Asked> | null;
  /** The learner has tried something since the task was next in turn: what is amiss now may be called a miss. */
  attempted: boolean;
  /** When the last task of the steps before was done, in ms; what is older was made for those. */
  sinceMs: number | null;
  /** What the learner answered last; null before the first answer. */
  answer: string | null;
};

export const DEFAULT_MACHINE = 'node1';

type FactParts = {
  field: string;
  ok: boolean;
  expected: string;
  actual: string | null;
  label: Localized;
  words?: Localized | null;
};

/** Cut to what the wire takes: names inside may be anything that a learner made up. */
export function fact(parts: FactParts): Fact {
  return {
    field: parts.field,
    ok: parts.ok,
    expected: parts.expected.slice(0, 500),
    actual: parts.actual?.slice(0, 500) ?? null,
    label: parts.label,
    words: parts.ok ? null : (parts.words ?? null),
  };
}

export const both = (text: string): Localized => ({ en: text, zh: text });
