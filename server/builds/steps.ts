/** Joins what BuildKit did with the Dockerfile that it read: each line's step, and how it went. */
import type { Outcome } from '../protocol/builds.ts';
import { type Dockerfile, type Instruction, type Stage, stageNamed } from './dockerfile.ts';
import type { Vertex } from './history.ts';

export type Step = {
  /** Index of its stage; null above the first FROM, and where it is not known. */
  readonly stage: number | null;
  /** As BuildKit names it, or its number; null like `stage`. */
  readonly stageName: string | null;
  /** Null where the Dockerfile is not known, or does not fit. */
  readonly instruction: Instruction | null;
  /** The line's beginning, or how BuildKit tells of it. */
  readonly text: string;
  readonly vertex: Vertex | null;
  readonly outcome: Outcome;
};

/** `[build 2/3] RUN make`, `[linux/amd64 1/2] FROM …`: BuildKit counts what is a step, and FROM where it is an image. */
const NAME = /^\[(?:(.*?) )?\s*(\d{1,4})\/(\d{1,4})\] ([^]*)$/;
/** The only ones that BuildKit makes a step of. */
const IS_STEP = /^(RUN|COPY|ADD|WORKDIR)$/;
const STOPPED = /context cancell?ed/;

type Named = { vertex: Vertex; stage: string | null; number: number; total: number; text: string };

export function joinSteps(
  dockerfile: Dockerfile | null,
  vertexes: readonly Vertex[],
  build: { failed: boolean; failedLine: number | null },
): Step[] {
  const named = vertexes.flatMap((vertex) => asNamed(vertex) ?? []);
  const rest = new Set(named);
  if (!dockerfile || dockerfile.stages.length === 0) return [...rest].map(withoutLine);
  const { stages } = dockerfile;
  const found = new Map<Instruction, Vertex>();
  for (const one of named) {
    const instruction = instructionOf(stages, one);
    if (!instruction) continue;
    rest.delete(one);
    const before = found.get(instruction);
    // The same line for a second platform, or ONBUILD lines of the base: what ran is worth more than what was cached.
    if (!before || before.cached) found.set(instruction, one.vertex);
  }
  const isUsed = (stage: Stage) => stage.instructions.some((one) => found.has(one));
  const step = (instruction: Instruction, at: number | null): Step => {
    const stage = at === null ? null : stages[at]!;
    const vertex = found.get(instruction) ?? null;
    const isWanted = build.failed || stage === null || isUsed(stage);
    const outcome = outcomeOf(instruction, vertex, isWanted ? 'not-run' : 'unused');
    return {
      stage: at,
      stageName: stage && (stage.name ?? String(at)),
      instruction,
      text: instruction.text,
      vertex,
      outcome: isFailedLine(instruction, build.failedLine) && outcome !== 'ran' ? 'failed' : outcome,
    };
  };
  return [
    ...dockerfile.before.map((instruction) => step(instruction, null)),
    ...stages.flatMap((stage, at) => stage.instructions.map((instruction) => step(instruction, at))),
    ...[...rest].map(withoutLine),
  ];
}

function isFailedLine({ firstLine, lastLine }: Instruction, line: number | null): boolean {
  return line !== null && line >= firstLine && line <= lastLine;
}

function outcomeOf(instruction: Instruction, vertex: Vertex | null, without: Outcome): Outcome {
  const isBase = instruction.keyword === 'FROM';
  if (!isBase && !IS_STEP.test(instruction.keyword)) return 'setting';
  if (!vertex) return isBase && without !== 'unused' ? 'base' : without;
  const went = howItWent(vertex);
  return isBase && went !== 'failed' ? 'base' : went;
}

function howItWent({ cached, error, durationMs }: Vertex): Outcome {
  if (error !== null) return STOPPED.test(error) ? 'not-run' : 'failed';
  if (cached) return 'cached';
  return durationMs === null ? 'not-run' : 'ran';
}

function asNamed(vertex: Vertex): Named | null {
  const [, before = '', number, total, text = ''] = NAME.exec(vertex.name) ?? [];
  if (number === undefined) return null;
  const last = before.split(' ').at(-1)!;
  // A platform is not a stage.
  const stage = last === '' || last.includes('/') ? null : last;
  return { vertex, stage, number: Number(number), total: Number(total), text };
}

/** Counted from the end: what a base's ONBUILD adds stands before all of a stage's own, as FROM does. */
function instructionOf(
  stages: readonly Stage[],
  { stage: label, number, total, text }: Named,
): Instruction | null {
  const at = stageAt(stages, label);
  const stage = at === null ? undefined : stages[at];
  if (!stage || number > total) return null;
  const steps = stage.instructions.filter(({ keyword }) => IS_STEP.test(keyword));
  const own = steps[steps.length - 1 - (total - number)];
  if (!own) return stage.instructions[0] ?? null;
  return text.toUpperCase().startsWith(`${own.keyword} `) ? own : null;
}

function stageAt(stages: readonly Stage[], label: string | null): number | null {
  if (label === null) return stages.length === 1 ? 0 : null;
  const unnamed = /^stage-(\d{1,4})$/.exec(label)?.[1];
  return stageNamed(stages, label) ?? (unnamed === undefined ? null : Number(unnamed));
}

function withoutLine({ vertex, stage, text }: Named): Step {
  return {
    stage: null,
    stageName: stage,
    instruction: null,
    text,
    vertex,
    outcome: text.startsWith('FROM ') ? 'base' : howItWent(vertex),
  };
}
