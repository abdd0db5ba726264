/** Puts what the workers found into words of the page's language. */
import { fill } from '#app/_lib/i18n/words.ts';
import type { HeldImage } from '#server/protocol/catalog.ts';
import { nearest } from './near.ts';
import type { Speech } from './words.ts';
import type { Finding } from './wire.ts';
import type { Wanted } from './images.ts';

/** As many images or tags as a sentence names. */
const NAMED_MOST = 3;

export function sayFinding(finding: Finding, speech: Speech): string {
  const said = sentenceOf(finding, speech);
  return finding.near === null
    ? said
    : joined(said, fill(speech.words.didYouMean, { near: finding.near }), speech);
}

function sentenceOf({ code, values, english }: Finding, { words, checkers }: Speech): string {
  if (english !== null) return fill(checkers?.[code] ?? english, checkers?.[code] ? values : {});
  const { types, ...rest } = values;
  const known = words.compose as Record<string, string>;
  const sentence = code === 'wrong-type' && rest.key === '' ? known['wrong-item']! : known[code]!;
  return fill(sentence, types === undefined ? rest : { ...rest, types: sayTypes(types.split(' '), words) });
}

/** Each once: a whole number is a number too. */
export function sayTypes(types: readonly string[], words: Speech['words']): string {
  const said = types.filter((type) => type !== 'integer' || !types.includes('number'));
  return said.map((type) => words.types[type as keyof typeof words.types] ?? type).join(words.or);
}

export function sayTopic(topic: string | null, { topics }: Speech): string | null {
  if (topic === null) return null;
  return Object.hasOwn(topics, topic) ? topics[topic as keyof typeof topics] : null;
}

/** `held`: the catalog, what may serve in its place first. */
export function sayImage(wanted: Wanted, held: readonly HeldImage[], speech: Speech): string {
  const { words } = speech;
  const same = held.find(({ repository }) => repository === wanted.repository);
  if (same)
    return fill(words.images.noTag, {
      name: same.repository,
      tags: same.tags.slice(-NAMED_MOST).join(listing(speech)),
    });
  const names = held.map(({ repository }) => repository);
  const near = nearest(wanted.repository, names);
  const absent = fill(words.images.absent, { name: wanted.repository });
  const instead = near
    ? fill(words.didYouMean, { near })
    : fill(words.images.there, { names: names.slice(0, NAMED_MOST).join(listing(speech)) });
  return joined(absent, instead, speech);
}

const listing = ({ locale }: Speech) => (locale === 'zh' ? '、' : ', ');
const joined = (one: string, other: string, { locale }: Speech) => {
  // The builder's own sentences have no full stop.
  const ended = /[.。!?？]$/.test(one) ? one : `${one}.`;
  return locale === 'zh' ? `${ended}${other}` : `${ended} ${other}`;
};
