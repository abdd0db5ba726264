/** One fact for each field that is asked of a container, with the near miss in the learner's own numbers. */
import type { ContainerExpectation } from '#server/lessons/expectation.ts';
import type { Container, World } from '#server/world/contract.ts';
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { isFrom } from '../image-ref.ts';
import { fact } from '../verdict.ts';
import { confinementFacts } from './container-confinement.ts';
import { setupFacts } from './container-setup.ts';

export function containerFacts(expect: ContainerExpectation, container: Container, world: World): Fact[] {
  const { name, image, running, paused, exitCode, outOfMemory, command } = expect;
  return [
    ...(name === undefined ? [] : [nameFact(name, container)]),
    ...(image === undefined ? [] : [imageFact(image, container, world)]),
    ...(running === undefined ? [] : [runningFact(running, container)]),
    ...(paused === undefined ? [] : [pausedFact(paused, container)]),
    ...(exitCode === undefined ? [] : [exitFact(exitCode, container)]),
    ...(outOfMemory === undefined ? [] : [memoryFact(outOfMemory, container)]),
    ...(command === undefined ? [] : [commandFact(command, container)]),
    ...setupFacts(expect, container),
    ...confinementFacts(expect, container, world),
  ];
}

function nameFact(wanted: string, { name }: Container): Fact {
  return fact({
    field: 'name',
    ok: name === wanted,
    expected: wanted,
    actual: name,
    label: { en: `named ${wanted}`, zh: `名为 ${wanted}` },
    words: { en: `yours is named ${name}`, zh: `你的容器名为 ${name}` },
  });
}

function imageFact(wanted: string, container: Container, world: World): Fact {
  const { image } = container;
  return fact({
    field: 'image',
    ok: isFrom(container, wanted, world),
    expected: wanted,
    actual: image,
    label: { en: `from the image ${wanted}`, zh: `来自镜像 ${wanted}` },
    words: { en: `you made it from ${image}`, zh: `你用的镜像是 ${image}` },
  });
}

function pausedFact(wanted: boolean, container: Container): Fact {
  return fact({
    field: 'paused',
    ok: (container.state === 'paused') === wanted,
    expected: String(wanted),
    actual: container.state,
    label: wanted ? { en: 'paused', zh: '已暂停' } : { en: 'not paused', zh: '未暂停' },
    words: stateWords(container),
  });
}

function exitFact(wanted: number, container: Container): Fact {
  const { exitCode } = container;
  return fact({
    field: 'exitCode',
    ok: exitCode === wanted,
    expected: String(wanted),
    actual: exitCode === null ? null : String(exitCode),
    label: { en: `ended with exit code ${wanted}`, zh: `以退出码 ${wanted} 结束` },
    words: stateWords(container),
  });
}

function memoryFact(wanted: boolean, container: Container): Fact {
  return fact({
    field: 'outOfMemory',
    ok: container.outOfMemory === wanted,
    expected: String(wanted),
    actual: String(container.outOfMemory),
    label: wanted
      ? { en: 'ran out of memory', zh: '因内存不足被杀掉' }
      : { en: 'did not run out of memory', zh: '没有因内存不足被杀掉' },
    words: stateWords(container),
  });
}

function commandFact(wanted: string, { command }: Container): Fact {
  const line = command.join(' ');
  return fact({
    field: 'command',
    ok: line.includes(wanted),
    expected: wanted,
    actual: line || null,
    label: { en: `runs ${wanted}`, zh: `运行 ${wanted}` },
    words: { en: `it runs ${line}`, zh: `它运行的是 ${line}` },
  });
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
