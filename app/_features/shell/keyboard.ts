/** What the keyboard is, and whether keys are text right now. */
'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}

export function paletteKeys(isMac: boolean): string {
  return isMac ? '⌘K' : 'Ctrl K';
}

/** True in fields and in the terminal, whose keys are text; an option to choose takes none of them. */
export function isTyping(target: EventTarget | null): boolean {
  const fields = 'input:not([type=radio]), textarea, select, [contenteditable]';
  return target instanceof Element && target.closest(fields) !== null;
}
