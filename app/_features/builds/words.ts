/** The words of the builds: they come with the first build, not with every page. */
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { enBuilds, type BuildsWords } from '#app/_lib/i18n/en-builds.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhBuilds } from '#app/_lib/i18n/zh-builds.ts';

const WORDS: Record<Locale, BuildsWords> = { en: enBuilds, zh: zhBuilds };

export type Say = { locale: Locale; words: BuildsWords };

export function useBuildsWords(): Say {
  const { locale } = useI18n();
  return { locale, words: WORDS[locale] };
}
