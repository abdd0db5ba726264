/** Which languages there are, and how a path and a browser's wish name one. */
import type { Locale } from '#server/protocol/ids.ts';

export type { Locale };
export const LOCALES: readonly Locale[] = ['en', 'zh'];
export const LOCALE_COOKIE = 'drydock-locale';

export function isLocale(value: string | undefined): value is Locale {
  return value === 'en' || value === 'zh';
}

/** BCP 47 tag for `lang` and Intl. */
export const LANGUAGE_TAG: Record<Locale, string> = { en: 'en', zh: 'zh-CN' };

export function otherLocale(locale: Locale): Locale {
  return locale === 'en' ? 'zh' : 'en';
}

/** The remembered language, else the first one of Accept-Language that we speak, else English. */
export function chooseLocale(remembered: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(remembered)) return remembered;
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((wish) => wish.weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return wishes.map((wish) => wish.language).find(isLocale) ?? 'en';
}

/** The same page in another language: only the first part of the path changes. */
export function inLocale(path: string, locale: Locale): string {
  return path.replace(/^\/[^/?#]*/, `/${locale}`);
}
