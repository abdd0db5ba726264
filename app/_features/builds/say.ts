/** What is known of a build's steps, in words. */
import type { Build, BuildNote, BuildStep, Why } from '#server/protocol/builds.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import type { Say } from './words.ts';

/** The first line is enough to know a former one by. */
const WAS_CHARACTERS = 60;

export function sayWhy(why: Why, { words, locale }: Say): string {
  const { reason } = words;
  switch (why.kind) {
    case 'after':
      return why.line === null ? reason.afterSome : fill(reason.after, { line: why.line });
    case 'text':
      return why.was === null ? reason.fresh : fill(reason.was, { was: short(why.was) });
    case 'removed':
      return fill(reason.removed, { was: short(why.was) });
    case 'above':
      return fill(reason.above, { line: why.line });
    case 'arg':
      return fill(reason.arg, { name: why.name });
    case 'files': {
      const files = why.files.map(({ path, change }) => fill(words.file[change], { path }));
      return [...files, ...(why.more > 0 ? [count(locale, words.moreFiles, why.more)] : [])].join(words.and);
    }
    default:
      return reason[why.kind];
  }
}

export function sayOutcome({ outcome }: BuildStep, { first }: Build, { words }: Say): string {
  return words.outcome[outcome === 'ran' && first ? 'built' : outcome];
}

/** `30 ms`, `0.3 s`, `12 s`. */
export function sayTime(ms: number, { words }: Say): string {
  if (ms < 95) return fill(words.milliseconds, { count: Math.round(ms) });
  const seconds = ms / 1000;
  return fill(words.seconds, { count: seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds) });
}

export function sayNote(note: BuildNote, say: Say): string {
  const { chip } = say.words;
  const form = note.failed ? chip.failed : note.first ? chip.first : chip.again;
  return `${fill(form, { cached: note.cached, ran: note.ran })} · ${sayTime(note.durationMs, say)}`;
}

/** `5`, `5–8`. */
export function sayLines({ lines }: BuildStep): string {
  if (!lines) return '';
  return lines.first === lines.last ? String(lines.first) : `${lines.first}–${lines.last}`;
}

function short(text: string): string {
  const first = text.split('\n')[0]!;
  return first.length < text.length || first.length > WAS_CHARACTERS
    ? `${first.slice(0, WAS_CHARACTERS)}…`
    : first;
}
