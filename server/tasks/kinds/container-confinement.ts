/** Facts about how a container is shut in: its user, its capabilities, and what of the machine it shares. */
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import type { Container, World } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { fact } from '../verdict.ts';

export function confinementFacts(expect: ContainerExpectation, container: Container, world: World): Fact[] {
  const { user, readOnlyRoot, capAdd = [], capDrop = [], pidMode, networkMode } = expect;
  return [
    ...(user === undefined ? [] : [userFact(user, container)]),
    ...(readOnlyRoot === undefined ? [] : [rootFact(readOnlyRoot, container)]),
    ...capAdd.map((name) => capabilityFact('capAdd', name, container.capAdd)),
    ...capDrop.map((name) => capabilityFact('capDrop', name, container.capDrop)),
    ...(pidMode === undefined ? [] : [modeFact('pidMode', pidMode, container.pidMode, world)]),
    ...(networkMode === undefined
      ? []
      : [modeFact('networkMode', networkMode, container.networkMode, world)]),
  ];
}

function userFact(wanted: string, { user }: Container): Fact {
  return fact({
    field: 'user',
    ok: user === wanted,
    expected: wanted,
    actual: user || null,
    label: { en: `runs as ${wanted}`, zh: `以 ${wanted} 的身份运行` },
    words: user
      ? { en: `it runs as ${user}`, zh: `它以 ${user} 的身份运行` }
      : { en: 'no user is set, so it runs as root', zh: '没有设置用户，所以它以 root 身份运行' },
  });
}

function rootFact(wanted: boolean, { readOnlyRoot }: Container): Fact {
  return fact({
    field: 'readOnlyRoot',
    ok: readOnlyRoot === wanted,
    expected: String(wanted),
    actual: String(readOnlyRoot),
    label: wanted
      ? { en: 'read-only root file system', zh: '根文件系统只读' }
      : { en: 'writable root file system', zh: '根文件系统可写' },
    words: readOnlyRoot
      ? { en: 'its root file system is read-only', zh: '它的根文件系统是只读的' }
      : { en: 'its root file system is writable', zh: '它的根文件系统是可写的' },
  });
}

/** Docker takes `net_admin`, `NET_ADMIN` and `CAP_NET_ADMIN` for the same. */
const bare = (capability: string) => capability.toUpperCase().replace(/^CAP_/, '');

function capabilityFact(field: 'capAdd' | 'capDrop', wanted: string, actual: readonly string[]): Fact {
  const name = bare(wanted);
  const list = actual.map(bare).join(', ');
  const added = field === 'capAdd';
  return fact({
    field,
    ok: actual.map(bare).includes(name),
    expected: name,
    actual: list || null,
    label: added
      ? { en: `capability ${name} added`, zh: `已添加权能 ${name}` }
      : { en: `capability ${name} dropped`, zh: `已去掉权能 ${name}` },
    words: capabilityWords(added, list),
  });
}

function capabilityWords(added: boolean, list: string): Localized {
  if (added)
    return list
      ? { en: `you added ${list}`, zh: `你添加的是 ${list}` }
      : { en: 'you added no capability', zh: '你没有添加任何权能' };
  return list
    ? { en: `you dropped ${list}`, zh: `你去掉的是 ${list}` }
    : { en: 'you dropped no capability', zh: '你没有去掉任何权能' };
}

function modeFact(field: 'pidMode' | 'networkMode', wanted: string, actual: string, world: World): Fact {
  const mode = modeByName(actual, world);
  const what = field === 'pidMode' ? { en: 'processes', zh: '进程' } : { en: 'network', zh: '网络' };
  return fact({
    field,
    ok: mode === wanted || (field === 'networkMode' && wanted === 'bridge' && mode === 'default'),
    expected: wanted,
    actual: mode || null,
    label: { en: `${what.en}: ${wanted}`, zh: `${what.zh}：${wanted}` },
    words: mode
      ? { en: `${what.en}: ${mode}`, zh: `${what.zh}：${mode}` }
      : { en: 'it has processes of its own only', zh: '它只看得到自己的进程' },
  });
}

/** Docker keeps `container:web` with the container's id. */
function modeByName(mode: string, world: World): string {
  const id = /^container:([0-9a-f]{64})$/.exec(mode)?.[1];
  const name = id && world.containers.get(id)?.name;
  return name ? `container:${name}` : mode;
}
