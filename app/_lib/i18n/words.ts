/** Puts values into a dictionary's sentences and chooses between one and many. */
import { LANGUAGE_TAG, type Locale } from './locale.ts';

/** Replaces each `{name}`; a name without a value stays, so that a slip is seen. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function count(locale: Locale, forms: { one: string; other: string }, amount: number): string {
  const form = new Intl.PluralRules(LANGUAGE_TAG[locale]).select(amount) === 'one' ? forms.one : forms.other;
  return fill(form, { count: amount });
}
