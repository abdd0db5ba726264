/** The bare address leads to the reader's language. */
import { chooseLocale, LOCALE_COOKIE } from '#app/_lib/i18n/locale.ts';
import type { NextRequest } from 'next/server';

export function GET(request: NextRequest): Response {
  const locale = chooseLocale(
    request.cookies.get(LOCALE_COOKIE)?.value,
    request.headers.get('accept-language'),
  );
  // Relative on purpose: only the browser knows the address by which it came.
  return new Response(null, {
    status: 307,
    headers: { location: `/${locale}`, vary: 'Accept-Language, Cookie' },
  });
}
