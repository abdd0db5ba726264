/** Why a step was not taken from the cache: by comparing its build with the one before it of the same Dockerfile. */
import type { Why } from '../protocol/builds.ts';
import { BUILD_LIMITS } from '../protocol/builds.ts';
import { changedFiles, type Context } from './context.ts';
import type { Instruction } from './dockerfile.ts';
import type { Vertex } from './history.ts';
import type { Step } from './steps.ts';

export type Compared = {
  readonly record: { readonly attributes: ReadonlyMap<string, string> };
  readonly vertexes: readonly Pick<Vertex, 'name' | 'digest'>[];
  readonly steps: readonly Step[];
  /** Null where its files could not be looked at. */
  readonly context: Context | null;
  /** Digest of a step that brings an image → the image's id; without those that nobody knows. */
  readonly bases: ReadonlyMap<string, string>;
};

/** LABEL, CMD, EXPOSE and their like are written beside the layers: no step depends on them. */
const MATTERS = /^(FROM|RUN|COPY|ADD|WORKDIR|ENV|ARG|USER|SHELL)$/;
const CONTEXT = /^\[internal\] load build context/;
const ARG = 'build-arg:';

/** Null for a step that was not run. @param before null where nothing earlier is known. */
export function whyRun(step: Step, build: Compared, before: Compared | null): Why | null {
  if (step.outcome !== 'ran' && step.outcome !== 'failed') return null;
  if (step.vertex === null) return null;
  if (withoutCache(build.record.attributes, step)) return { kind: 'no-cache' };
  if (!before) return { kind: 'first' };
  const earlier = rebuiltInput(step, build.steps);
  if (earlier) return { kind: 'after', line: earlier.instruction?.firstLine ?? null };
  return (
    changedText(step, build.steps, before.steps) ??
    changedArgument(build.record.attributes, before.record.attributes) ??
    notKept(step, before) ??
    changedFilesOf(step, build, before) ??
    changedBase(step, build, before) ?? { kind: 'gone' }
  );
}

function withoutCache(attributes: ReadonlyMap<string, string>, { stageName }: Step): boolean {
  const stages = attributes.get('no-cache');
  if (stages === undefined) return false;
  return stages === '' || (stageName !== null && stages.split(',').includes(stageName));
}

function rebuiltInput({ vertex }: Step, steps: readonly Step[]): Step | null {
  return (
    steps.findLast(
      (one) =>
        (one.outcome === 'ran' || one.outcome === 'failed') &&
        vertex!.inputs.includes(one.vertex?.digest ?? ''),
    ) ?? null
  );
}

/** The first line of its stage, down to itself, that reads otherwise than it did. */
function changedText(step: Step, now: readonly Step[], before: readonly Step[]): Why | null {
  const [own, old] = [linesOf(now, step), linesOf(before, step)];
  if (step.instruction === null || old.length === 0) return old.length === 0 ? { kind: 'first' } : null;
  const at = own.indexOf(step.instruction);
  const first = own.findIndex((line, index) => index <= at && line.text !== old[index]?.text);
  if (first < 0) return null;
  const was = old[first] ? cut(old[first].text) : null;
  if (first < at) return { kind: 'above', line: own[first]!.firstLine };
  if (was !== null && old[first + 1]?.text === step.instruction.text) return { kind: 'removed', was };
  // What stood here has only moved on: this line is new.
  const isNew = own[at + 1] !== undefined && own[at + 1]!.text === old[first]?.text;
  return { kind: 'text', was: isNew ? null : was };
}

function linesOf(steps: readonly Step[], { stageName }: Step): Instruction[] {
  return steps.flatMap(({ instruction, stageName: stage }) =>
    instruction && stage === stageName && MATTERS.test(instruction.keyword) ? [instruction] : [],
  );
}

function changedArgument(now: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): Why | null {
  const names = new Set([...now.keys(), ...before.keys()].filter((name) => name.startsWith(ARG)));
  const changed = [...names].find((name) => now.get(name) !== before.get(name));
  return changed === undefined ? null : { kind: 'arg', name: cut(changed.slice(ARG.length)) };
}

function changedBase(step: Step, now: Compared, before: Compared): Why | null {
  const baseOf = ({ steps, bases }: Compared) => {
    const base = steps.find(
      (one) => one.outcome === 'base' && one.vertex && one.stageName === step.stageName,
    );
    // A stage that begins with another one has none of its own.
    return base ? (bases.get(base.vertex!.digest) ?? 'unknown') : null;
  };
  const [own, old] = [baseOf(now), baseOf(before)];
  if (own === 'unknown' || old === 'unknown') return { kind: 'base-or-gone' };
  return own !== old ? { kind: 'base' } : null;
}

function notKept(step: Step, before: Compared): Why | null {
  const last = before.steps.find((one) => one.stageName === step.stageName && one.text === step.text);
  return last && last.outcome !== 'ran' && last.outcome !== 'cached' ? { kind: 'failed-before' } : null;
}

function changedFilesOf(step: Step, build: Compared, before: Compared): Why | null {
  const takesFiles = build.vertexes.some(
    ({ name, digest }) => CONTEXT.test(name) && step.vertex!.inputs.includes(digest),
  );
  if (!takesFiles) return null;
  if (!build.context || !before.context) return { kind: 'files-or-gone' };
  const files = changedFiles(before.context, build.context, step.instruction);
  if (files.length === 0) return null;
  const shown = files.slice(0, BUILD_LIMITS.files).map((file) => ({ ...file, path: cut(file.path) }));
  return { kind: 'files', files: shown, more: files.length - shown.length };
}

const cut = (text: string) => text.slice(0, BUILD_LIMITS.text).toWellFormed();
