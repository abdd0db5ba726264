/** Marks the first use of each glossary term in a lesson, so that the page can explain it there. */
import type { Locale } from '../protocol/ids.ts';
import type { Inline } from '../protocol/lesson.ts';
import type { GlossarySource } from './schema.ts';

/** Goes through one lesson from top to bottom; make a new one for each lesson and language. */
export class TermMarker {
  readonly #entries: { spellings: string[]; definition: string }[];
  readonly #locale: Locale;

  constructor(glossary: GlossarySource, locale: Locale) {
    this.#locale = locale;
    this.#entries = glossary.map((entry) => ({
      spellings: [entry.term[locale], ...(entry.also?.[locale] ?? [])],
      definition: entry.definition[locale],
    }));
  }

  /** Splits a text where a term stands for the first time. */
  mark(text: string): Inline[] {
    const found = this.#first(text);
    if (!found) return text === '' ? [] : [{ type: 'text', value: text }];
    const { start, end, entry } = found;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    const term: Inline = { type: 'term', value: text.slice(start, end), definition: entry.definition };
    return [...this.mark(text.slice(0, start)), term, ...this.mark(text.slice(end))];
  }

  /** The leftmost term, and of those that start there the longest. */
  #first(text: string) {
    return this.#entries
      .flatMap((entry) =>
        entry.spellings.flatMap((spelling) => {
          const match = patternOf(spelling, this.#locale).exec(text);
          return match ? [{ start: match.index, end: match.index + match[0].length, entry }] : [];
        }),
      )
      .toSorted((a, b) => a.start - b.start || b.end - a.end)[0];
  }
}

/** Compiled once: every lesson looks for every term. */
const patterns = new Map<string, RegExp>();

function patternOf(spelling: string, locale: Locale): RegExp {
  const key = `${locale} ${spelling}`;
  const known = patterns.get(key);
  if (known) return known;
  const escaped = spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Chinese has no blanks between words; a Latin term must not be found inside a longer word or name.
  const latin = locale === 'en' || /^[\w -]+$/.test(spelling);
  const pattern = latin
    ? new RegExp(`(?<![\\w./:-])${escaped}(?![\\w/-]|[.:]\\w)`, 'i')
    : new RegExp(escaped);
  patterns.set(key, pattern);
  return pattern;
}
