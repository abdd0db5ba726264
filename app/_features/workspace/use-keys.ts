/** The workspace's own keys: F6 goes round the panes, [ and ] walk the steps. */
'use client';
import { useEffect, useRef } from 'react';
import { isTyping } from '../shell/keyboard.ts';

type Keys = { previousStep: () => void; nextStep: () => void; nextPane: () => void };

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Heard before the terminal does: these two are the way out of it.
      const leave = event.key === 'F6' || (event.key === 'Escape' && event.ctrlKey && event.shiftKey);
      if (leave) {
        event.preventDefault();
        event.stopPropagation();
        return latest.current.nextPane();
      }
      if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '[') latest.current.previousStep();
      if (event.key === ']') latest.current.nextStep();
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}

/** Ctrl+Shift+F, and ⌘F while the terminal has the focus, search in it; elsewhere ⌘F is the browser's. */
export function useSearchKey(search: () => void): void {
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f') return;
      const inTerminal = (event.target as Element).closest?.('[data-pane=terminal]') !== null;
      if (!(event.ctrlKey && event.shiftKey) && !(event.metaKey && inTerminal)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}
