/** A build as the page is told of it: cut to the bounds of the wire. */
import { BUILD_LIMITS, type Build, type BuildNote, type BuildStep, type Why } from '../protocol/builds.ts';
import type { Context } from './context.ts';
import type { Instruction } from './dockerfile.ts';
import type { BuildRecord, Went } from './history.ts';
import type { Place } from './remains.ts';
import type { Step } from './steps.ts';

/** A build with all that the next one is compared with. */
export type KnownBuild = Went & {
  readonly record: BuildRecord;
  readonly place: Place | null;
  readonly steps: readonly Step[];
  /** Null where its files could not be looked at, or are no more asked for. */
  readonly context: Context | null;
  readonly bases: ReadonlyMap<string, string>;
  readonly build: Build;
};

type Parts = Omit<KnownBuild, 'build'> & {
  machine: string;
  text: string | null;
  first: boolean;
  why: ReadonlyMap<Step, Why | null>;
  bytes: ReadonlyMap<Instruction, number> | null;
};

export function asBuild({ record, name, place, steps, machine, text, first, why, bytes }: Parts): Build {
  const failed = record.error !== null;
  // One ends the build; the words of others would be told for nothing.
  const failedAt = steps.findIndex(({ outcome }) => outcome === 'failed');
  return {
    id: record.ref,
    machine,
    name: name === null ? null : cut(name.replace(/^docker\.io\/(library\/)?/, '')),
    path: place?.dockerfile ?? null,
    dockerfile: text,
    endedAt: new Date(record.endedAtMs).toISOString(),
    durationMs: Math.max(0, record.endedAtMs - record.startedAtMs),
    failed,
    first,
    steps: steps.slice(0, BUILD_LIMITS.steps).map((step, index): BuildStep => ({
      stage: step.stageName === null ? null : cut(step.stageName),
      lines: step.instruction && { first: step.instruction.firstLine, last: step.instruction.lastLine },
      instruction: cut(step.text),
      outcome: step.outcome,
      why: why.get(step) ?? null,
      durationMs: step.vertex?.durationMs ?? null,
      bytes: (step.instruction && bytes?.get(step.instruction)) ?? null,
      said: index === failedAt ? saidBy(step, record) : [],
    })),
  };
}

export function asNote({ id, machine, failed, first, durationMs, steps }: Build): BuildNote {
  const count = (outcome: BuildStep['outcome']) => steps.filter((step) => step.outcome === outcome).length;
  return { id, machine, failed, first, durationMs, cached: count('cached'), ran: count('ran') };
}

/** The end of what it said, and the error where that says more. */
function saidBy({ vertex }: Step, record: BuildRecord): string[] {
  const said = (vertex?.said ?? []).map(plain).filter((line) => line !== '');
  const error = plain(vertex?.error ?? record.error ?? '')
    .split('\n')
    .slice(0, 2);
  return [...said, ...error.filter((line) => line !== '')].map(cut).slice(-BUILD_LIMITS.said);
}

/** Without colours, and without what a carriage return would have written over. */
function plain(text: string): string {
  return text
    .replaceAll(/\p{Cc}\[[\d;?]*[A-Za-z]/gu, '')
    .replaceAll(/[^\n]*\r(?=[^\n])/g, '')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trimEnd();
}

const cut = (text: string) => text.slice(0, BUILD_LIMITS.text).toWellFormed();
