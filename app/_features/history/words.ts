/** The words of going back: they come with its panel, not with every page. */
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { enHistory, type HistoryWords } from '#app/_lib/i18n/en-history.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { zhHistory } from '#app/_lib/i18n/zh-history.ts';
import type { Steps, Target } from './history.ts';

const WORDS: Record<Locale, HistoryWords> = { en: enHistory, zh: zhHistory };

export function useHistoryWords(): HistoryWords {
  return WORDS[useI18n().locale];
}

/** `the end of step 2`, as it stands in a sentence. */
export function placeOf(target: Target, steps: Steps, t: HistoryWords): string {
  if (target.to === 'step') return fill(t.placeBegin, { step: target.index + 1 });
  const { kind, step, name } = target.snapshot;
  if (kind === 'start') return t.placeStart;
  if (kind === 'named') return fill(t.placeNamed, { name: name ?? '' });
  const index = steps.findIndex(({ id }) => id === step);
  // The lesson was written anew since.
  if (index < 0) return fill(t.placeGone, { step: step ?? '' });
  return fill(t.placeEnd, { step: index + 1 });
}
