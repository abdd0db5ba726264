/** Facts about what a container made from an image starts with: CMD, ENTRYPOINT, USER, WORKDIR, ENV, LABEL, EXPOSE. */
import type { ImageConfigExpectation } from '#server/lessons/expectation.ts';
import type { ImageConfig } from '#server/world/contract.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { pairFacts } from '../pair-fact.ts';
import { fact } from '../verdict.ts';

export function configFacts(expect: ImageConfigExpectation, config: ImageConfig): Fact[] {
  const { cmd, entrypoint, user, workdir, env, label, ports = [] } = expect;
  return [
    ...(cmd === undefined ? [] : [wordsFact('cmd', cmd, config.cmd)]),
    ...(entrypoint === undefined ? [] : [wordsFact('entrypoint', entrypoint, config.entrypoint)]),
    ...(user === undefined ? [] : [valueFact('user', user, config.user)]),
    ...(workdir === undefined ? [] : [valueFact('workdir', workdir, config.workdir)]),
    ...pairFacts('env', env, config.env),
    ...pairFacts('label', label, config.labels),
    ...ports.map((port) => exposedFact(port, config.ports)),
  ];
}

/** In the shell form, `CMD nginx` is `/bin/sh -c nginx`: a part is enough. */
function wordsFact(field: 'cmd' | 'entrypoint', wanted: string, words: readonly string[]): Fact {
  const actual = words.join(' ');
  return instructionFact({ field, wanted, actual, ok: actual.includes(wanted) });
}

function valueFact(field: 'user' | 'workdir', wanted: string, actual: string): Fact {
  return instructionFact({ field, wanted, actual, ok: actual === wanted });
}

function instructionFact(parts: { field: string; wanted: string; actual: string; ok: boolean }): Fact {
  const { field, wanted, actual, ok } = parts;
  const instruction = field.toUpperCase();
  return fact({
    field,
    ok,
    expected: wanted,
    actual: actual || null,
    label: { en: `${instruction} ${wanted}`, zh: `${instruction} ${wanted}` },
    words: actual
      ? { en: `its ${instruction} is ${actual}`, zh: `它的 ${instruction} 是 ${actual}` }
      : { en: `it has no ${instruction}`, zh: `它没有 ${instruction}` },
  });
}

function exposedFact(wanted: string, exposed: readonly string[]): Fact {
  const full = wanted.includes('/') ? wanted : `${wanted}/tcp`;
  const list = exposed.join(', ');
  return fact({
    field: 'ports',
    ok: exposed.includes(full),
    expected: full,
    actual: list || null,
    label: { en: `exposes ${full}`, zh: `声明端口 ${full}` },
    words: list
      ? { en: `it exposes ${list}`, zh: `它声明的端口是 ${list}` }
      : { en: 'it exposes no port', zh: '它没有声明端口' },
  });
}
