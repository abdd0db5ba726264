/** Which languages there are, and how a path names one. The gateway chooses one for an address without it. */
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

/** The same page in another language: only the first part of the path changes. */
export function inLocale(path: string, locale: Locale): string {
  return path.replace(/^\/[^/?#]*/, `/${locale}`);
}
