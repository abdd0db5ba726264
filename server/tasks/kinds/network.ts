/** The kind `network`: is it there, how was it made, who is on it. */
import type { NetworkExpectation } from '#server/lessons/expectation.ts';
import type { Network, World } from '#server/world/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { DEFAULT_MACHINE, fact, UNSEEN, type Sources, type Verdict } from '../verdict.ts';
import { presenceFact } from './presence.ts';
import { driverFact } from './volume.ts';

/** Docker makes these itself: that they are there says nothing of the learner. */
const BUILT_IN = ['bridge', 'host', 'none'];

export function judgeNetwork(expect: NetworkExpectation, sources: Sources): Verdict {
  const world = sources.world(expect.machine ?? DEFAULT_MACHINE);
  if (!world) return UNSEEN;
  const { name, present: wanted = true } = expect;
  const networks = [...world.networks.values()];
  const network = networks.find((one) => one.name === name);
  const others = networks.map((one) => one.name);
  const present = presenceFact({ what: { en: 'network', zh: '网络' }, name, wanted, others });
  if (!wanted) return { passed: present.ok, near: false, facts: [present] };
  if (!network) return { passed: false, near: present.words !== null, facts: [present] };
  const facts = [present, ...networkFacts(expect, network, world)];
  const passed = facts.every(({ ok }) => ok);
  return { passed, near: passed || !BUILT_IN.includes(name), facts };
}

function networkFacts(expect: NetworkExpectation, network: Network, world: World): Fact[] {
  const { driver, internal, subnet, containers = [] } = expect;
  return [
    ...(driver === undefined ? [] : [driverFact(driver, network.driver)]),
    ...(internal === undefined ? [] : [internalFact(internal, network)]),
    ...(subnet === undefined ? [] : [subnetFact(subnet, network)]),
    ...containers.map((container) => memberFact(container, network, world)),
  ];
}

function internalFact(wanted: boolean, network: Network): Fact {
  return fact({
    field: 'internal',
    ok: network.internal === wanted,
    expected: String(wanted),
    actual: String(network.internal),
    label: wanted ? { en: 'internal', zh: '内部网络' } : { en: 'not internal', zh: '非内部网络' },
    words: network.internal
      ? { en: 'you made it with --internal', zh: '你创建它时用了 --internal' }
      : { en: 'you made it without --internal', zh: '你创建它时没有用 --internal' },
  });
}

function subnetFact(wanted: string, network: Network): Fact {
  const actual = network.subnets.join(', ');
  return fact({
    field: 'subnet',
    ok: network.subnets.includes(wanted),
    expected: wanted,
    actual: actual || null,
    label: { en: `subnet ${wanted}`, zh: `子网 ${wanted}` },
    words: actual
      ? { en: `its subnet is ${actual}`, zh: `它的子网是 ${actual}` }
      : { en: 'it has no subnet', zh: '它没有子网' },
  });
}

function memberFact(wanted: string, network: Network, world: World): Fact {
  const container = [...world.containers.values()].find(({ name }) => name === wanted);
  const joined = container?.networks ?? [];
  return fact({
    field: 'containers',
    ok: joined.includes(network.name),
    expected: wanted,
    actual: joined.join(', ') || null,
    label: { en: `${wanted} is on it`, zh: `${wanted} 已接入` },
    words: !container
      ? { en: `there is no container named ${wanted}`, zh: `没有名为 ${wanted} 的容器` }
      : joined.length > 0
        ? { en: `${wanted} is on ${joined.join(', ')}`, zh: `${wanted} 接入的网络是 ${joined.join('、')}` }
        : { en: `${wanted} is on no network`, zh: `${wanted} 没有接入任何网络` },
  });
}
