/** Keys that a phone's keyboard lacks; Ctrl waits for the letter that follows. */
'use client';
import { ClipboardPaste } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useClipboard } from './use-clipboard.ts';
import type { TerminalsHandle } from './use-terminals.ts';

const KEYS = [
  { label: 'Esc', key: 'Escape' },
  { label: 'Tab', key: 'Tab' },
  { label: 'Ctrl', key: null },
  { label: '↑', key: 'ArrowUp' },
  { label: '↓', key: 'ArrowDown' },
  { label: '|', key: '|' },
  { label: '-', key: '-' },
  { label: '/', key: '/' },
] as const;

export function KeyBar({ terminals }: { terminals: TerminalsHandle }) {
  const { t } = useI18n();
  const { paste } = useClipboard(terminals);
  const { ctrlHeld, holdCtrl } = terminals;

  return (
    <div
      role="toolbar"
      aria-label={t.work.keysBar}
      className="key-bar grid flex-none grid-cols-9 border-t border-line bg-paper wide:hidden"
      // The terminal keeps the focus, or the soft keyboard would fold away at each key.
      onPointerDown={(event) => event.preventDefault()}
    >
      {KEYS.map(({ label, key }) => (
        <button
          key={label}
          type="button"
          aria-pressed={key === null ? ctrlHeld : undefined}
          aria-label={key === null && ctrlHeld ? t.work.ctrlHeld : undefined}
          onClick={() => {
            if (key === null) holdCtrl(!ctrlHeld);
            else terminals.active()?.press(key);
          }}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        aria-label={t.work.paste}
        className="grid place-items-center"
        onClick={() => void paste()}
      >
        <ClipboardPaste />
      </button>
    </div>
  );
}
