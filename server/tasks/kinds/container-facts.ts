/** One fact for each field that is asked of a container, with the near miss in the learner's own numbers. */
import type { ContainerExpectation, MountExpectation } from '#server/lessons/expectation.ts';
import type { Container, PublishedPort, World } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { isFrom } from '../image-ref.ts';
import { formatSize, parseSize } from '../sizes.ts';
import { both, fact } from '../verdict.ts';

export function containerFacts(expect: ContainerExpectation, container: Container, world: World): Fact[] {
  const { name, image, running, paused, exitCode, restartPolicy } = expect;
  const facts: Fact[] = [];
  if (name !== undefined)
    facts.push(
      fact({
        field: 'name',
        ok: container.name === name,
        expected: name,
        actual: container.name,
        label: { en: `named ${name}`, zh: `名为 ${name}` },
        words: { en: `yours is named ${container.name}`, zh: `你的容器名为 ${container.name}` },
      }),
    );
  if (image !== undefined)
    facts.push(
      fact({
        field: 'image',
        ok: isFrom(container, image, world),
        expected: image,
        actual: container.image,
        label: { en: `from the image ${image}`, zh: `来自镜像 ${image}` },
        words: { en: `you made it from ${container.image}`, zh: `你用的镜像是 ${container.image}` },
      }),
    );
  if (running !== undefined) facts.push(runningFact(running, container));
  if (paused !== undefined)
    facts.push(
      fact({
        field: 'paused',
        ok: (container.state === 'paused') === paused,
        expected: String(paused),
        actual: container.state,
        label: paused ? { en: 'paused', zh: '已暂停' } : { en: 'not paused', zh: '未暂停' },
        words: stateWords(container),
      }),
    );
  if (exitCode !== undefined)
    facts.push(
      fact({
        field: 'exitCode',
        ok: container.exitCode === exitCode,
        expected: String(exitCode),
        actual: container.exitCode === null ? null : String(container.exitCode),
        label: { en: `ended with exit code ${exitCode}`, zh: `以退出码 ${exitCode} 结束` },
        words: stateWords(container),
      }),
    );
  for (const port of expect.ports ?? []) facts.push(portFact(port, container.ports));
  for (const [key, value] of Object.entries(expect.env ?? {}))
    facts.push(pairFact('env', key, value, container.env));
  for (const [key, value] of Object.entries(expect.label ?? {}))
    facts.push(pairFact('label', key, value, container.labels));
  for (const mount of expect.mounts ?? []) facts.push(mountFact(mount, container));
  for (const network of expect.networks ?? [])
    facts.push(
      fact({
        field: 'networks',
        ok: container.networks.includes(network),
        expected: network,
        actual: container.networks.join(', ') || null,
        label: { en: `on the network ${network}`, zh: `接入网络 ${network}` },
        words: container.networks.length
          ? {
              en: `it is on ${container.networks.join(', ')}`,
              zh: `它接入的网络是 ${container.networks.join('、')}`,
            }
          : { en: 'it is on no network', zh: '它没有接入任何网络' },
      }),
    );
  if (restartPolicy !== undefined)
    facts.push(
      fact({
        field: 'restartPolicy',
        ok: container.restartPolicy === restartPolicy,
        expected: restartPolicy,
        actual: container.restartPolicy,
        label: { en: `restart policy ${restartPolicy}`, zh: `重启策略 ${restartPolicy}` },
        words: {
          en: `its restart policy is ${container.restartPolicy}`,
          zh: `它的重启策略是 ${container.restartPolicy}`,
        },
      }),
    );
  return [...facts, ...limitFacts(expect.limits ?? {}, container.limits)];
}

function runningFact(wanted: boolean, container: Container): Fact {
  const runs = container.state === 'running' || container.state === 'paused';
  return fact({
    field: 'running',
    ok: runs === wanted,
    expected: String(wanted),
    actual: container.state,
    label: wanted ? { en: 'running', zh: '正在运行' } : { en: 'stopped', zh: '已停止' },
    words: stateWords(container),
  });
}

export function stateWords(container: Container): Localized {
  const code = container.exitCode;
  switch (container.state) {
    case 'running':
      return { en: 'it is still running', zh: '它还在运行' };
    case 'paused':
      return { en: 'it is paused', zh: '它已被暂停' };
    case 'created':
      return code === null
        ? { en: 'it was created, but not started', zh: '它已创建，但还没有启动' }
        : { en: 'it was created, but could not start', zh: '它已创建，但没能启动' };
    case 'restarting':
      return {
        en: `it ends with ${code} and is restarted, over and over`,
        zh: `它以退出码 ${code} 结束，又被反复重启`,
      };
    default:
      return container.outOfMemory
        ? { en: `it ran out of memory and was killed (${code})`, zh: `它因内存不足被杀掉（${code}）` }
        : { en: `it exited with ${code ?? 0}`, zh: `它已退出，退出码 ${code ?? 0}` };
  }
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

function pairFact(
  field: 'env' | 'label',
  key: string,
  value: string,
  actual: Readonly<Record<string, string>>,
): Fact {
  const found = Object.hasOwn(actual, key) ? (actual[key] ?? null) : null;
  return fact({
    field,
    ok: found === value,
    expected: `${key}=${value}`,
    actual: found === null ? null : `${key}=${found}`,
    label: both(`${key}=${value}`),
    words:
      found === null
        ? { en: `${key} is not set`, zh: `没有设置 ${key}` }
        : { en: `${key} is ${found}`, zh: `${key} 的值是 ${found}` },
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
