/** The kind `volume`: is it there, how was it made, who uses it. */
import type { VolumeExpectation } from '#server/lessons/expectation.ts';
import type { World } from '#server/world/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { pairFacts } from '../pair-fact.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';
import { presenceFact } from './presence.ts';

export function judgeVolume(expect: VolumeExpectation, sources: Sources): Verdict {
  const world = sources.world(expect.machine ?? DEFAULT_MACHINE);
  if (!world) return UNSEEN;
  const { name, present: wanted = true, driver, usedBy, label } = expect;
  const volume = world.volumes.get(name);
  const others = [...world.volumes.keys()];
  const present = presenceFact({ what: { en: 'volume', zh: '数据卷' }, name, wanted, others });
  if (!wanted) return { passed: present.ok, near: false, facts: [present] };
  if (!volume) return { passed: false, near: present.words !== null, facts: [present] };
  const facts = [
    present,
    ...(driver === undefined ? [] : [driverFact(driver, volume.driver)]),
    ...(usedBy === undefined ? [] : [usedFact(name, usedBy, world)]),
    ...pairFacts('label', label, volume.labels),
  ];
  return { passed: facts.every(({ ok }) => ok), near: true, facts };
}

export function driverFact(wanted: string, actual: string): Fact {
  return fact({
    field: 'driver',
    ok: actual === wanted,
    expected: wanted,
    actual,
    label: { en: `driver ${wanted}`, zh: `驱动 ${wanted}` },
    words: { en: `its driver is ${actual}`, zh: `它的驱动是 ${actual}` },
  });
}

function usedFact(volume: string, wanted: string, world: World): Fact {
  const containers = [...world.containers.values()];
  const users = containers
    .filter(({ mounts }) => mounts.some((mount) => mount.volume === volume))
    .map(({ name }) => name);
  const exists = containers.some(({ name }) => name === wanted);
  const list = { en: users.join(', '), zh: users.join('、') };
  return fact({
    field: 'usedBy',
    ok: users.includes(wanted),
    expected: wanted,
    actual: list.en || null,
    label: { en: `used by ${wanted}`, zh: `由 ${wanted} 使用` },
    words: !exists
      ? { en: `there is no container named ${wanted}`, zh: `没有名为 ${wanted} 的容器` }
      : users.length > 0
        ? { en: `it is used by ${list.en}`, zh: `使用它的是 ${list.zh}` }
        : { en: 'no container uses it', zh: '没有容器使用它' },
  });
}
