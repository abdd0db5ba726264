/** A page that could not be drawn: mostly a server that does not answer, so it tries again by itself. */
'use client';
import { lazy, useEffect } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

// This file belongs to every page's script; what it shows is fetched when it is shown.
const ErrorPage = lazy(() => import('#app/_features/shell/ErrorPage.tsx'));

const AGAIN_MS = 5_000;

export default function Failed({ error }: { error: Error & { digest?: string } }) {
  const { t } = useI18n();
  // In production the browser learns only the digest: without one the fault is in the page itself.
  const code = error.digest === undefined ? 'unknown' : 'offline';

  useEffect(() => {
    if (code !== 'offline') return;
    const timer = setTimeout(() => location.reload(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [code]);

  return <ErrorPage code={code} action={{ label: t.errors.retry, onClick: () => location.reload() }} />;
}
