/** What stands where a page should be: it could not be drawn, or there is none. */
'use client';
import { lazy, useEffect } from 'react';
import type { ApiErrorCode } from '#app/_lib/api/api-error.ts';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

// This file belongs to every page's script; what it shows is fetched when it is shown.
const ErrorPage = lazy(() => import('#app/_features/shell/ErrorPage.tsx'));

/** Long enough to read the page, short enough to wait for it. */
const AGAIN_MS = 5_000;

/** Mostly a server that does not answer, so it tries again by itself. */
export default function Failed({ error }: { error: Error & { digest?: string } }) {
  const { t } = useI18n();
  const code = codeOf(error.digest, t);

  useEffect(() => {
    if (code === 'unknown') return;
    const timer = setTimeout(() => location.reload(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [code]);

  return <ErrorPage code={code} action={{ label: t.errors.retry, onClick: () => location.reload() }} />;
}

export function NotFound() {
  const { t, locale } = useI18n();
  return <ErrorPage code="not_found" action={{ label: t.errors.home, href: `/${locale}` }} />;
}

/** The server's refusal that an ApiError carries; anything else is a fault of the page itself. */
function codeOf(digest: string | undefined, t: Dictionary): ApiErrorCode | 'unknown' {
  const code = digest?.replace(/^drydock-/, '');
  return code !== digest && code !== undefined && Object.hasOwn(t.errors, code)
    ? (code as ApiErrorCode)
    : 'unknown';
}
