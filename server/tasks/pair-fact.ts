/** One name and its value, in a container, an image or a volume. */
import type { Fact } from '../protocol/tasks.ts';
import { both, fact } from './verdict.ts';

export function pairFacts(
  field: 'env' | 'label',
  wanted: Readonly<Record<string, string>> | undefined,
  actual: Readonly<Record<string, string>>,
): Fact[] {
  return Object.entries(wanted ?? {}).map(([key, value]) => {
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
  });
}
