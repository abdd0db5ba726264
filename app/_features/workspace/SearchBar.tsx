/** Finds words in the terminal's scrollback: Enter goes back in time, Shift+Enter forward, Escape closes. */
'use client';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { INPUT } from '#app/_ui/input.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import type { TerminalsHandle } from './use-terminals.ts';

export function SearchBar({ terminals, onClose }: { terminals: TerminalsHandle; onClose: () => void }) {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [found, setFound] = useState(true);

  useEffect(() => field.current?.focus(), []);

  const look = async (direction: 'next' | 'previous', wanted = words, incremental = false) => {
    const hit = (await terminals.active()?.find(wanted, direction, { incremental })) ?? false;
    setFound(hit || wanted === '');
  };
  const close = () => {
    void terminals.active()?.find('', 'next');
    onClose();
    terminals.active()?.focus();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') void look(event.shiftKey ? 'next' : 'previous');
  };

  return (
    <div
      role="search"
      className="flex flex-none items-center gap-1 border-b border-line bg-panel py-1 pr-2 pl-4"
    >
      <input
        ref={field}
        type="search"
        aria-label={t.work.searchFor}
        placeholder={t.work.searchFor}
        className={`${INPUT} h-(--hit)! max-w-80`}
        value={words}
        onKeyDown={key}
        onChange={(event) => {
          setWords(event.target.value);
          void look('previous', event.target.value, true);
        }}
      />
      <span role="status" className="px-2 text-near">
        {!found && t.work.noMatch}
      </span>
      <span className="flex-1" />
      <IconButton label={t.work.previous} keys="Enter" onClick={() => void look('previous')}>
        <ChevronUp />
      </IconButton>
      <IconButton label={t.work.nextMatch} keys="Shift+Enter" onClick={() => void look('next')}>
        <ChevronDown />
      </IconButton>
      <IconButton label={t.work.closeSearch} keys="Esc" onClick={close}>
        <X />
      </IconButton>
    </div>
  );
}
