/** The kind `file`: what stands at a path, on the machine or in a container. */
import type { FileExpectation } from '#server/lessons/expectation.ts';
import type { FileFinding, FileProbe } from '#server/world/probes/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { matches } from '../matching.ts';
import { shortened } from '../shorten.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';

export const fileProbe = (expect: FileExpectation): FileProbe => ({
  kind: 'file',
  machine: expect.machine ?? DEFAULT_MACHINE,
  container: expect.container ?? null,
  path: expect.path,
});

export function judgeFile(expect: FileExpectation, sources: Sources): Verdict {
  const missing = expect.container === undefined ? null : missingContainer(expect.container, expect, sources);
  if (missing) return missing;
  const found = sources.found(fileProbe(expect));
  if (!found) return UNSEEN;
  const { present: wanted = true } = expect;
  const there = found.type !== 'missing';
  const present = presentFact(expect, { there, wanted });
  if (!wanted || !there) return { passed: present.ok, near: false, facts: [present] };
  const facts = [present, ...contentFacts(expect, found)];
  // It may have come with the machine: only who has tried has done something toward it.
  return { passed: facts.every(({ ok }) => ok), near: sources.attempted, facts };
}

/** Null where the container is there, and the file can be looked for in it. */
function missingContainer(name: string, expect: FileExpectation, sources: Sources): Verdict | null {
  const world = sources.world(expect.machine ?? DEFAULT_MACHINE);
  if (!world) return UNSEEN;
  if ([...world.containers.values()].some((container) => container.name === name)) return null;
  const gone = fact({
    field: 'container',
    ok: false,
    expected: name,
    actual: null,
    label: { en: `in the container ${name}`, zh: `在容器 ${name} 中` },
    words: { en: `there is no container named ${name}`, zh: `没有名为 ${name} 的容器` },
  });
  return { passed: false, near: false, facts: [gone] };
}

function presentFact(expect: FileExpectation, { there, wanted }: { there: boolean; wanted: boolean }): Fact {
  const { path, container } = expect;
  const place = container === undefined ? path : `${container}:${path}`;
  return fact({
    field: 'present',
    ok: there === wanted,
    expected: String(wanted),
    actual: String(there),
    label: wanted
      ? { en: `${place} is there`, zh: `有 ${place}` }
      : { en: `${place} is gone`, zh: `没有 ${place}` },
    words: there
      ? { en: `${place} is still there`, zh: `${place} 还在` }
      : { en: `there is no ${place} yet`, zh: `还没有 ${place}` },
  });
}

function contentFacts(expect: FileExpectation, found: FileFinding): Fact[] {
  const { directory, contains, matches: pattern } = expect;
  const text = found.type === 'file' ? found.text : null;
  return [
    ...(directory === undefined ? [] : [directoryFact(directory, found)]),
    ...(contains === undefined ? [] : [textFact('contains', contains, text?.includes(contains) ?? null)]),
    ...(pattern === undefined
      ? []
      : [textFact('matches', pattern, text === null ? null : matches(pattern, text))]),
  ];
}

function directoryFact(wanted: boolean, found: FileFinding): Fact {
  const isDirectory = found.type === 'directory';
  return fact({
    field: 'directory',
    ok: isDirectory === wanted,
    expected: String(wanted),
    actual: found.type,
    label: wanted ? { en: 'a directory', zh: '是目录' } : { en: 'not a directory', zh: '不是目录' },
    words: isDirectory ? IS_DIRECTORY : { en: 'it is no directory', zh: '它不是目录' },
  });
}

const IS_DIRECTORY: Localized = { en: 'it is a directory', zh: '它是一个目录' };

/** @param fits null where there is no text to look into */
function textFact(field: 'contains' | 'matches', wanted: string, fits: boolean | null): Fact {
  const short = shortened(wanted);
  const contains = field === 'contains';
  return fact({
    field,
    ok: fits === true,
    expected: wanted,
    actual: null,
    label: contains
      ? { en: `contains “${short}”`, zh: `包含“${short}”` }
      : { en: `fits /${short}/`, zh: `符合 /${short}/` },
    words:
      fits === null
        ? { en: 'it is no file with text in it', zh: '它不是文本文件' }
        : contains
          ? { en: `the file is there, but does not contain “${short}”`, zh: `文件在，但其中没有“${short}”` }
          : {
              en: `the file is there, but nothing in it fits /${short}/`,
              zh: `文件在，但没有内容符合 /${short}/`,
            },
  });
}
