/** All words of all languages: for the server, which hands the page's own language to the browser. */
import { en, type Dictionary } from './en.ts';
import type { Locale } from './locale.ts';
import { zh } from './zh.ts';

const DICTIONARIES: Record<Locale, Dictionary> = { en, zh };

export function dictionary(locale: Locale): Dictionary {
  return DICTIONARIES[locale];
}
