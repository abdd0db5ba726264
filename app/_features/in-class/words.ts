/** The words of a class: they come with it, not with every page. */
import { enInClass, type InClassWords } from '#app/_lib/i18n/en-in-class.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { zhInClass } from '#app/_lib/i18n/zh-in-class.ts';

export const IN_CLASS_WORDS: Record<Locale, InClassWords> = { en: enInClass, zh: zhInClass };

export function useInClassWords(): InClassWords {
  return IN_CLASS_WORDS[useI18n().locale];
}
