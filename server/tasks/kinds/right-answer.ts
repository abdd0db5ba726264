/** What the right answer to a question is, where it comes from the learner's own machine too. */
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import type { World } from '#server/world/contract.ts';
import type { ShellProbe } from '#server/world/probes/contract.ts';
import { findImage } from '../image-ref.ts';
import { DEFAULT_MACHINE, type Sources } from '../verdict.ts';
import { fittingContainers } from './container.ts';
import { shellProbe } from './shell.ts';

type NumberWanted = Extract<AnswerExpectation, { number: unknown }>['number'];
type TextWanted = Extract<AnswerExpectation, { text: unknown }>['text'];

/** What must be run before this can be judged: at most one script. */
export function answerProbes(expect: AnswerExpectation): ShellProbe[] {
  const wanted = 'number' in expect ? expect.number : 'text' in expect ? expect.text : null;
  if (typeof wanted !== 'object' || wanted === null || !('shell' in wanted)) return [];
  return [scriptOf(wanted)];
}

const scriptOf = ({ shell, machine }: { shell: string; machine?: string | undefined }): ShellProbe =>
  shellProbe({ script: shell, machine });

/** Null while the machine holds none. */
export function rightNumber(wanted: NumberWanted, sources: Sources): number | null {
  if (typeof wanted === 'number') return wanted;
  if ('shell' in wanted) return toNumber(sources.found(scriptOf(wanted))?.stdout ?? '');
  if ('containers' in wanted) {
    const world = sources.world(wanted.containers.machine ?? DEFAULT_MACHINE);
    return world && fittingContainers(wanted.containers, world).length;
  }
  const world = sources.world(wanted.machine ?? DEFAULT_MACHINE);
  return (world && findImage(world, wanted.layers)?.layers.length) ?? null;
}

/** Any of these is right; none while the machine holds none. Of an id the first twelve digits. */
export function rightTexts(wanted: TextWanted, sources: Sources): string[] {
  if (Array.isArray(wanted)) return wanted;
  if ('shell' in wanted) return [sources.found(scriptOf(wanted))?.stdout.trim() ?? ''].filter(Boolean);
  const machine = 'containerName' in wanted ? wanted.containerName.machine : wanted.machine;
  const world = sources.world(machine ?? DEFAULT_MACHINE);
  if (!world) return [];
  if ('containerName' in wanted)
    return fittingContainers(wanted.containerName, world).map(({ name }) => name);
  if ('containerIp' in wanted) return named(wanted.containerIp, world).flatMap(({ addresses }) => addresses);
  if ('containerId' in wanted) return named(wanted.containerId, world).map(({ id }) => shortId(id));
  if ('imageDigest' in wanted)
    return (findImage(world, wanted.imageDigest)?.digests ?? []).map((name) =>
      shortId(name.split('@')[1] ?? ''),
    );
  return [findImage(world, wanted.imageId)?.id ?? ''].filter(Boolean).map(shortId);
}

/** True where the first digits are enough. */
export function asksForDigits(wanted: TextWanted): boolean {
  return 'containerId' in wanted || 'imageId' in wanted || 'imageDigest' in wanted;
}

const named = (name: string, world: World) =>
  [...world.containers.values()].filter((container) => container.name === name);

const shortId = (id: string) => id.replace('sha256:', '').slice(0, 12);

/** Digits from any keyboard, an optional sign and fraction; nothing else. */
export function toNumber(given: string): number | null {
  const text = given.normalize('NFKC').trim();
  return /^[+-]?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}
