/** Turns the page into another language and remembers the choice; step and query stay. */
import { inLocale, LOCALE_COOKIE, type Locale } from '#app/_lib/i18n/locale.ts';
import { remember } from '#app/_lib/preferences.ts';

export function switchLanguage(locale: Locale): void {
  remember(LOCALE_COOKIE, locale);
  location.assign(inLocale(location.pathname + location.search, locale));
}
