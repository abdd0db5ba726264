/** The theme on the page: shown by `data-theme` on the root, remembered in a cookie, else the system's. */
'use client';
import { useSyncExternalStore } from 'react';
import { parseTheme, remember, THEME_COOKIE, type ShownTheme, type Theme } from './preferences.ts';

export function chooseTheme(theme: Theme): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.themeChoice = theme;
  root.dataset.theme = theme === 'system' ? (dark ? 'dark' : 'light') : theme;
  remember(THEME_COOKIE, theme);
}

/** The inline script does this before the first paint; a page that React draws anew, like "no such page", needs it again. */
export function followSystem(): void {
  const root = document.documentElement;
  if (root.dataset.themeChoice !== 'system') return;
  root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-theme-choice'] });
  return () => observer.disconnect();
}

export function useShownTheme(): ShownTheme {
  return useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'),
    () => 'light',
  );
}

export function useThemeChoice(): Theme {
  return useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset.themeChoice),
    () => 'system',
  );
}
