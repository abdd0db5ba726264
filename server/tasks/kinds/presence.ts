/** Is a named thing there, or gone: the first fact of volumes and networks. */
import type { Localized } from '../../protocol/ids.ts';
import type { Fact } from '../../protocol/tasks.ts';
import { closest } from '../similar.ts';
import { fact } from '../verdict.ts';

/** @param others names of the things of this sort that are there */
export function presenceFact(options: {
  what: Localized;
  name: string;
  wanted: boolean;
  others: readonly string[];
}): Fact {
  const { what, name, wanted, others } = options;
  const there = others.includes(name);
  return fact({
    field: 'present',
    ok: there === wanted,
    expected: String(wanted),
    actual: there ? name : null,
    label: wanted
      ? { en: `${what.en} ${name} is there`, zh: `有${what.zh} ${name}` }
      : { en: `${what.en} ${name} is gone`, zh: `${what.zh} ${name} 已删除` },
    words: there ? { en: `${name} is still there`, zh: `${name} 还在` } : missingWords(name, others),
  });
}

function missingWords(name: string, others: readonly string[]): Localized | null {
  const similar = closest(name, others);
  return similar === null ? null : { en: `yours is named ${similar}`, zh: `你的名为 ${similar}` };
}
