/** What every page needs from its address: the language and its words, or "no such page". */
import { notFound } from 'next/navigation';
import { dictionary } from './i18n/dictionaries.ts';
import type { Dictionary } from './i18n/en.ts';
import { isLocale, type Locale } from './i18n/locale.ts';

export type LocaleParams = { params: Promise<{ locale: string }> };
export type PageWords = { locale: Locale; t: Dictionary };

export async function pageWords(params: Promise<{ locale: string }>): Promise<PageWords> {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  return { locale, t: dictionary(locale) };
}

/** The moment of the request: ages on a page are told from it, on the server and in the browser alike. */
export function requestTime(): Date {
  return new Date();
}

/** Days that a sandbox without visitors is kept; the gateway hands the server's own setting to this process. */
export function keepDays(): number {
  return Math.max(1, Math.floor(Number(process.env.DRYDOCK_KEEP_DAYS) || 7));
}

/** Days after which a guest who does not come back is removed; handed over likewise. */
export function guestDays(): number {
  return Math.max(1, Math.floor(Number(process.env.DRYDOCK_GUEST_DAYS) || 30));
}
