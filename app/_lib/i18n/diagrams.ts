/** The words in figures: apart from the dictionary, because figures are drawn on the server and their words need not travel. */
import { enDiagrams, type DiagramWords } from './en-diagrams.ts';
import type { Locale } from './locale.ts';
import { zhDiagrams } from './zh-diagrams.ts';

const WORDS: Record<Locale, DiagramWords> = { en: enDiagrams, zh: zhDiagrams };

export function diagramWords(locale: Locale): DiagramWords {
  return WORDS[locale];
}
