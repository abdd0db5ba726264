/** What a container changed of its image's files: `docker diff`, which no event tells. */
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import type { Container } from '#server/world/contract.ts';
import type { DiffFinding, DiffProbe } from '#server/world/probes/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { DEFAULT_MACHINE, fact, type Sources } from '../verdict.ts';

const CHANGES = ['added', 'changed', 'deleted'] as const;
type Change = (typeof CHANGES)[number];

const NAMES: Record<Change, Localized> = {
  added: { en: 'added', zh: '新增' },
  changed: { en: 'changed', zh: '修改' },
  deleted: { en: 'deleted', zh: '删除' },
};

export const diffProbe = (
  { machine = DEFAULT_MACHINE }: ContainerExpectation,
  { id }: Container,
): DiffProbe => ({
  kind: 'diff',
  machine,
  container: id,
});

/** None where nothing is asked, or where this container was not looked at. */
export function diffFacts(expect: ContainerExpectation, container: Container, sources: Sources): Fact[] {
  const wanted = expect.diff;
  const found = wanted && sources.found(diffProbe(expect, container));
  if (!found) return [];
  return CHANGES.flatMap((change) => {
    const path = wanted[change];
    return path === undefined ? [] : [changeFact(change, path, found)];
  });
}

function changeFact(wanted: Change, path: string, found: DiffFinding): Fact {
  const actual = CHANGES.find((change) => found[change].includes(path)) ?? null;
  const { en, zh } = NAMES[wanted];
  return fact({
    field: 'diff',
    ok: actual === wanted,
    expected: `${en} ${path}`,
    actual: actual && `${actual} ${path}`,
    label: { en: `${path} ${en}`, zh: `${zh}了 ${path}` },
    words: actual
      ? {
          en: `${path} is ${NAMES[actual].en}, not ${en}`,
          zh: `${path} 是${NAMES[actual].zh}的，不是${zh}的`,
        }
      : { en: `docker diff does not list ${path}`, zh: `docker diff 没有列出 ${path}` },
  });
}
