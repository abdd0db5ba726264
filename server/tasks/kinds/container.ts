/** The kind `container`: looks for containers that fit, and says of the closest one what is missing. */
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import type { Container, World } from '#server/world/contract.ts';
import type { DiffProbe } from '#server/world/probes/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { isFrom } from '../image-ref.ts';
import { pairFacts } from '../pair-fact.ts';
import { describeQuantity, satisfies } from '../quantity.ts';
import { closest } from '../similar.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';
import { diffFacts, diffProbe } from './container-diff.ts';
import { containerFacts, stateWords } from './container-facts.ts';

export function judgeContainer(expect: ContainerExpectation, sources: Sources): Verdict {
  const world = sources.world(expect.machine ?? DEFAULT_MACHINE);
  if (!world) return UNSEEN;
  if (expect.removed) return judgeRemoved(expect, world);

  const asked = diffProbes(expect, sources.world);
  if (asked.some((probe) => !sources.found(probe))) return UNSEEN;
  const allFacts = (container: Container) => [
    ...containerFacts(expect, container, world),
    ...diffFacts(expect, container, sources),
  ];
  const fitting = fittingContainers(expect, world).filter((one) => allFacts(one).every(({ ok }) => ok));
  const wanted = expect.count ?? { min: 1 };
  const passed = satisfies(fitting.length, wanted);
  const facts = expect.count === undefined ? [] : [countFact(expect, fitting.length)];
  if (passed) {
    const [first] = fitting;
    return { passed, near: true, facts: first ? [...facts, ...allFacts(first)] : facts };
  }
  const best = closestContainer(expect, world, fitting);
  if (!best && fitting.length > 0) return { passed, near: true, facts };
  if (!best) return { passed, near: false, facts: [...facts, ...missingFacts(expect)] };
  const seen = allFacts(best);
  const misses = seen.some((fact) => !fact.ok && !awaits(expect, fact, sources));
  const near = fitting.length > 0 || (misses && isMeant(expect, best, sources));
  return { passed, near, facts: [...facts, ...seen] };
}

/** Of containers that fit all else, what they changed. */
export function diffProbes(expect: ContainerExpectation, world: Sources['world']): DiffProbe[] {
  const picture = expect.diff && world(expect.machine ?? DEFAULT_MACHINE);
  if (!picture) return [];
  return fittingContainers(expect, picture).map((container) => diffProbe(expect, container));
}

/** Containers of which a diff is taken at once; the newest, where more fit. */
const DIFFS_MAX = 5;

/** All that hold every field but `count` and `diff`. */
export function fittingContainers(expect: ContainerExpectation, world: World): Container[] {
  const fitting = candidates(expect, world).filter((container) =>
    containerFacts(expect, container, world).every(({ ok }) => ok),
  );
  return expect.diff ? fitting.slice(-DIFFS_MAX) : fitting;
}

/**
 * Removed ones count where it is asked how they ended: that they ran is then the point, not that they are there. One
 * that is being removed has stopped, but nobody can start it again: it counts as little as if it were gone already.
 */
function candidates(expect: ContainerExpectation, world: World): Container[] {
  const present = [...world.containers.values()].filter(({ state }) => state !== 'removing');
  // What a removed one had changed is gone with it.
  const goneCount = expect.exitCode !== undefined && expect.diff === undefined;
  return goneCount ? [...present, ...world.gone] : present;
}

/** A field that waits for the learner's next move: unchanged it is no miss yet. */
function awaits(expect: ContainerExpectation, { field }: Fact, sources: Sources): boolean {
  return (
    (field === 'running' && expect.running === false) ||
    (field === 'paused' && expect.paused === true) ||
    (field === 'outOfMemory' && expect.outOfMemory === true) ||
    (field === 'diff' && !sources.attempted)
  );
}

/** One of quite another name that was there before may be what an earlier step has left. */
function isMeant({ name }: ContainerExpectation, best: Container, { sinceMs }: Sources): boolean {
  if (name !== undefined && closest(name, [best.name]) !== null) return true;
  return sinceMs === null || best.createdAt === null || Date.parse(best.createdAt) >= sinceMs;
}

/** The one that the learner probably means: by name, by a similar name, by image, or by how much already fits. */
function closestContainer(
  expect: ContainerExpectation,
  world: World,
  fitting: readonly Container[],
): Container | null {
  const others = candidates(expect, world).filter((container) => !fitting.includes(container));
  const { name, image } = expect;
  if (name !== undefined) {
    const named = others.findLast((container) => container.name === name);
    if (named) return named;
    const similar = closest(
      name,
      others.map((container) => container.name),
    );
    if (similar !== null) return others.find((container) => container.name === similar) ?? null;
  }
  if (image !== undefined) return others.findLast((container) => isFrom(container, image, world)) ?? null;
  if (name !== undefined) return null;
  const score = (container: Container) =>
    containerFacts(expect, container, world).filter(({ ok }) => ok).length;
  const best = others.toSorted((a, b) => score(b) - score(a))[0];
  return best && score(best) > 0 ? best : null;
}

function judgeRemoved(expect: ContainerExpectation, world: World): Verdict {
  const { removed: _, count: __, ...rest } = expect;
  const { name, image, label } = expect;
  const isIt = (container: Container) =>
    (name === undefined || container.name === name) &&
    (image === undefined || isFrom(container, image, world)) &&
    pairFacts('label', label, container.labels).every(({ ok }) => ok);
  const still = [...world.containers.values()].find(isIt);
  const gone = world.gone.some((container) => containerFacts(rest, container, world).every(({ ok }) => ok));
  const what = name ?? image ?? '';
  const runs = still?.state === 'running' || still?.state === 'paused';
  const removedFact = fact({
    field: 'removed',
    ok: !still && gone,
    expected: 'true',
    actual: still ? still.state : null,
    label: { en: `${what} removed`.trim(), zh: `已删除 ${what}`.trim() },
    words: still
      ? runs
        ? stateWords(still)
        : { en: 'it has stopped, but it is still there', zh: '它已停止，但还在那里' }
      : null,
  });
  const passed = !still && gone;
  return { passed, near: passed || (still !== undefined && !runs), facts: [removedFact] };
}

function countFact(expect: ContainerExpectation, found: number): Fact {
  const asked = expect.count ?? { min: 1 };
  const wanted = describeQuantity(asked);
  const tooFew = found < (typeof asked === 'number' ? asked : (asked.min ?? 0));
  return fact({
    field: 'count',
    ok: satisfies(found, asked),
    expected: wanted.en,
    actual: String(found),
    label: { en: `how many: ${wanted.en}`, zh: `数量：${wanted.zh}` },
    words: tooFew
      ? { en: `${found} so far`, zh: `目前有 ${found} 个` }
      : { en: `there are ${found}`, zh: `有 ${found} 个` },
  });
}

/** Nothing that could be meant: the fields stand there with nothing to compare. */
function missingFacts(expect: ContainerExpectation): Fact[] {
  const { name, image } = expect;
  if (name !== undefined)
    return [
      fact({
        field: 'name',
        ok: false,
        expected: name,
        actual: null,
        label: { en: `named ${name}`, zh: `名为 ${name}` },
        words: { en: `there is no container named ${name}`, zh: `没有名为 ${name} 的容器` },
      }),
    ];
  if (image === undefined) return [];
  return [
    fact({
      field: 'image',
      ok: false,
      expected: image,
      actual: null,
      label: { en: `from the image ${image}`, zh: `来自镜像 ${image}` },
      words: { en: `there is no container from ${image}`, zh: `没有来自 ${image} 的容器` },
    }),
  ];
}
