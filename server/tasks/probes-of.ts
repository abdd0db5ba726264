/** What somebody must go and look for before expectations can be judged. */
import type { Expectation } from '#server/lessons/expectation.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { answerProbes } from './kinds/right-answer.ts';
import { diffProbes } from './kinds/container.ts';
import { fileProbe } from './kinds/file.ts';
import { httpProbe } from './kinds/http.ts';
import { registryProbe } from './kinds/registry.ts';
import { shellProbe } from './kinds/shell.ts';
import type { Sources } from './verdict.ts';

/** True for what no event tells; also where there is nothing to look at yet. */
export function needsProbes(expect: Expectation): boolean {
  if ('not' in expect) return needsProbes(expect.not);
  if ('all' in expect) return expect.all.some(needsProbes);
  if ('any' in expect) return expect.any.some(needsProbes);
  if ('container' in expect) return expect.container.diff !== undefined;
  if ('answer' in expect) return answerProbes(expect.answer).length > 0;
  return 'file' in expect || 'http' in expect || 'registry' in expect || 'shell' in expect;
}

export function probesOf(expect: Expectation, world: Sources['world']): Probe[] {
  if ('not' in expect) return probesOf(expect.not, world);
  if ('all' in expect) return expect.all.flatMap((one) => probesOf(one, world));
  if ('any' in expect) return expect.any.flatMap((one) => probesOf(one, world));
  if ('container' in expect) return diffProbes(expect.container, world);
  if ('answer' in expect) return answerProbes(expect.answer);
  if ('file' in expect) return [fileProbe(expect.file)];
  if ('http' in expect) return [httpProbe(expect.http)];
  if ('registry' in expect) return [registryProbe(expect.registry)];
  if ('shell' in expect) return [shellProbe(expect.shell)];
  return [];
}

type Look = <Asked extends Probe>(probe: Asked) => Promise<FindingOf<Asked> | null>;

/** Looks for all of it, once for each: two expectations about one file are two views of the same moment. */
export async function findAll(probes: readonly Probe[], look: Look): Promise<Sources['found']> {
  const unique = new Map(probes.map((probe) => [keyOf(probe), probe]));
  const found = new Map(
    await Promise.all(Array.from(unique, async ([key, probe]) => [key, await look(probe)] as const)),
  );
  return <Asked extends Probe>(probe: Asked) => (found.get(keyOf(probe)) ?? null) as FindingOf<Asked> | null;
}

/** Probes are plain data that one function a kind makes, so their text tells them apart. */
const keyOf = (probe: Probe): string => JSON.stringify(probe);
