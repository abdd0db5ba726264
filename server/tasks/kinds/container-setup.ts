/** Facts about how a container was set up: ports, variables, labels, mounts, networks, restart policy, limits. */
import type { ContainerExpectation, MountExpectation } from '#server/lessons/expectation.ts';
import type { Container, PublishedPort } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { pairFacts } from '../pair-fact.ts';
import { formatSize, parseSize } from '../sizes.ts';
import { fact } from '../verdict.ts';

export function setupFacts(expect: ContainerExpectation, container: Container): Fact[] {
  const { ports = [], env, label, mounts = [], networks = [], restartPolicy, limits = {} } = expect;
  return [
    ...ports.map((port) => portFact(port, container.ports)),
    ...pairFacts('env', env, container.env),
    ...pairFacts('label', label, container.labels),
    ...mounts.map((mount) => mountFact(mount, container)),
    ...networks.map((network) => networkFact(network, container.networks)),
    ...(restartPolicy === undefined ? [] : [restartFact(restartPolicy, container.restartPolicy)]),
    ...limitFacts(limits, container.limits),
  ];
}

function networkFact(wanted: string, joined: readonly string[]): Fact {
  return fact({
    field: 'networks',
    ok: joined.includes(wanted),
    expected: wanted,
    actual: joined.join(', ') || null,
    label: { en: `on the network ${wanted}`, zh: `接入网络 ${wanted}` },
    words:
      joined.length > 0
        ? { en: `it is on ${joined.join(', ')}`, zh: `它接入的网络是 ${joined.join('、')}` }
        : { en: 'it is on no network', zh: '它没有接入任何网络' },
  });
}

function restartFact(wanted: string, actual: string): Fact {
  return fact({
    field: 'restartPolicy',
    ok: actual === wanted,
    expected: wanted,
    actual,
    label: { en: `restart policy ${wanted}`, zh: `重启策略 ${wanted}` },
    words: { en: `its restart policy is ${actual}`, zh: `它的重启策略是 ${actual}` },
  });
}

function portFact(wanted: string, published: readonly PublishedPort[]): Fact {
  const [, hostPort, containerPort, protocol = 'tcp'] = /^(?:(\d+):)?(\d+)(?:\/(\w+))?$/.exec(wanted) ?? [];
  const ok = published.some(
    (port) =>
      port.containerPort === Number(containerPort) &&
      port.protocol === protocol &&
      (hostPort === undefined || port.hostPort === Number(hostPort)),
  );
  const list = published.map((port) => `${port.hostPort ?? '?'}→${port.containerPort}`).join(', ');
  return fact({
    field: 'ports',
    ok,
    expected: wanted,
    actual: list || null,
    label:
      hostPort === undefined
        ? { en: `container port ${containerPort} published`, zh: `已发布容器端口 ${containerPort}` }
        : {
            en: `host port ${hostPort} leads to container port ${containerPort}`,
            zh: `宿主机端口 ${hostPort} 通向容器端口 ${containerPort}`,
          },
    words: list
      ? { en: `you published ${list}`, zh: `你发布的是 ${list}` }
      : { en: 'you published no port', zh: '你没有发布任何端口' },
  });
}

function mountFact(wanted: MountExpectation, container: Container): Fact {
  const what = wanted.volume ?? wanted.source ?? null;
  const there = container.mounts.find((mount) => mount.target === wanted.target);
  const ok =
    there !== undefined &&
    (wanted.volume === undefined || there.volume === wanted.volume) &&
    (wanted.source === undefined || (there.type === 'bind' && there.source === wanted.source)) &&
    (wanted.readOnly === undefined || there.readOnly === wanted.readOnly);
  const elsewhere = container.mounts.find(
    (mount) => what !== null && (mount.volume ?? mount.source) === what,
  );
  const name = there ? (there.volume ?? there.source) : null;
  return fact({
    field: 'mounts',
    ok,
    expected: `${what ?? '*'}:${wanted.target}`,
    actual: there ? `${name}:${there.target}` : null,
    label: what
      ? { en: `${what} mounted at ${wanted.target}`, zh: `${what} 挂载在 ${wanted.target}` }
      : { en: `something mounted at ${wanted.target}`, zh: `${wanted.target} 处有挂载` },
    words: mountWords({
      target: wanted.target,
      what,
      name,
      elsewhere: elsewhere?.target,
      readOnly: there?.readOnly,
    }),
  });
}

function mountWords(found: {
  target: string;
  what: string | null;
  name: string | null;
  elsewhere: string | undefined;
  readOnly: boolean | undefined;
}): Localized {
  const { target, what, name, elsewhere, readOnly } = found;
  if (name !== null && (what === null || name === what))
    return readOnly
      ? { en: `${name} is mounted read-only`, zh: `${name} 以只读方式挂载` }
      : { en: `${name} is mounted writable`, zh: `${name} 以可写方式挂载` };
  if (name !== null) return { en: `${name} is mounted at ${target}`, zh: `挂载在 ${target} 的是 ${name}` };
  if (elsewhere)
    return { en: `you mounted ${what} at ${elsewhere}`, zh: `你把 ${what} 挂载到了 ${elsewhere}` };
  return { en: `nothing is mounted at ${target}`, zh: `${target} 处没有任何挂载` };
}

function limitFacts(
  wanted: NonNullable<ContainerExpectation['limits']>,
  actual: Container['limits'],
): Fact[] {
  const facts: Fact[] = [];
  const add = (
    field: string,
    parts: { ok: boolean; expected: string; actual: string | null; label: Localized },
  ) =>
    void facts.push(
      fact({
        field,
        ...parts,
        words: parts.actual
          ? { en: `you set ${parts.actual}`, zh: `你设置的是 ${parts.actual}` }
          : { en: 'you set no limit', zh: '你没有设置限制' },
      }),
    );
  if (wanted.memory !== undefined)
    add('memory', {
      ok: actual.memoryBytes === parseSize(wanted.memory),
      expected: wanted.memory,
      actual: actual.memoryBytes > 0 ? formatSize(actual.memoryBytes) : null,
      label: { en: `memory limit ${wanted.memory}`, zh: `内存上限 ${wanted.memory}` },
    });
  if (wanted.cpus !== undefined)
    add('cpus', {
      ok: actual.cpus === wanted.cpus,
      expected: String(wanted.cpus),
      actual: actual.cpus > 0 ? String(actual.cpus) : null,
      label: { en: `CPU limit ${wanted.cpus}`, zh: `CPU 上限 ${wanted.cpus}` },
    });
  if (wanted.pids !== undefined)
    add('pids', {
      ok: actual.pids === wanted.pids,
      expected: String(wanted.pids),
      actual: actual.pids === null ? null : String(actual.pids),
      label: { en: `process limit ${wanted.pids}`, zh: `进程数上限 ${wanted.pids}` },
    });
  return facts;
}
