/** A refusal in the page's words. */
'use client';
import { useCallback } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useHistoryWords } from './words.ts';

export function useTroubles(): (error: unknown) => string {
  const t = useHistoryWords();
  const { errors } = useI18n().t;
  return useCallback(
    (error) => {
      const code = error instanceof ApiError ? error.code : 'internal';
      // The page is there; what it asked for is not.
      if (code === 'not_found') return t.gone;
      return `${errors[code].title}. ${errors[code].text}`;
    },
    [t, errors],
  );
}
