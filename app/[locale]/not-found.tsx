/** No such page: what happened and the way back. */
'use client';
import { lazy } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

// This file belongs to every page's script; what it shows is fetched when it is shown.
const ErrorPage = lazy(() => import('#app/_features/shell/ErrorPage.tsx'));

export default function NotFound() {
  const { t, locale } = useI18n();
  return <ErrorPage code="not_found" action={{ label: t.errors.home, href: `/${locale}` }} />;
}
