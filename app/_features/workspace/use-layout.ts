/** Widths and text size as this browser likes them, remembered in a cookie so that the server draws them right. */
'use client';
import { useCallback, useState } from 'react';
import { LAYOUT_COOKIE, remember, writeLayout, type Layout } from '#app/_lib/preferences.ts';

export function useLayout(start: Layout): [Layout, (change: Partial<Layout>) => void] {
  const [layout, setLayout] = useState(start);
  const change = useCallback((part: Partial<Layout>) => {
    setLayout((before) => {
      const now = { ...before, ...part };
      remember(LAYOUT_COOKIE, writeLayout(now));
      return now;
    });
  }, []);
  return [layout, change];
}
