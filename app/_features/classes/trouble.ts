/** A refusal in the page's words. */
'use client';
import { useCallback } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { classWords } from './words.ts';

export function useTroubles(): (error: unknown) => string {
  const { t, locale } = useI18n();
  return useCallback(
    (error) => {
      const code = error instanceof ApiError ? error.code : 'internal';
      // The page is there; what it asked for is not.
      if (code === 'not_found') return classWords(locale).goneAlready;
      return `${t.errors[code].title}. ${t.errors[code].text}`;
    },
    [t, locale],
  );
}
