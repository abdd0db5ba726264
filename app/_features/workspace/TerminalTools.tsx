/** What one does with a terminal by hand: side by side, search, copy, paste, text size, read aloud. */
'use client';
import { ALargeSmall, ClipboardPaste, Columns2, Copy, Search } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { Layout } from '#app/_lib/preferences.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { MenuButton } from '#app/_ui/MenuButton.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { toggleSplit } from './terminals.ts';
import { useClipboard } from './use-clipboard.ts';
import type { TerminalsHandle } from './use-terminals.ts';

type ToolsProps = {
  terminals: TerminalsHandle;
  layout: Layout;
  onLayout: (change: Partial<Layout>) => void;
  onSearch: () => void;
  searching: boolean;
};

export function TerminalTools({ terminals, layout, onLayout, onSearch, searching }: ToolsProps) {
  const { t } = useI18n();
  const { copy, paste } = useClipboard(terminals);
  const split = terminals.terminals.right !== null;
  const [sizing, setSizing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <div role="toolbar" aria-label={t.work.terminalTools} className="flex flex-none items-center">
      <IconButton
        label={split ? t.work.unsplit : t.work.split}
        aria-pressed={split}
        className="max-wide:hidden"
        onClick={() => terminals.change(toggleSplit)}
      >
        <Columns2 />
      </IconButton>
      <IconButton label={t.work.search} aria-pressed={searching} onClick={onSearch}>
        <Search />
      </IconButton>
      <IconButton label={t.work.copy} onClick={() => void copy()}>
        <Copy />
      </IconButton>
      <IconButton label={t.work.paste} className="max-narrow:hidden" onClick={() => void paste()}>
        <ClipboardPaste />
      </IconButton>
      <MenuButton
        ref={button}
        id={id}
        shown={sizing}
        label={t.work.textSize}
        onToggle={() => setSizing(!sizing)}
      >
        <ALargeSmall />
      </MenuButton>
      {sizing && (
        <SeldomPart
          part="text"
          id={id}
          button={button}
          layout={layout}
          onLayout={onLayout}
          onClose={() => setSizing(false)}
        />
      )}
    </div>
  );
}
