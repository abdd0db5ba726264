/** What one does with a terminal by hand: side by side, search, copy, paste, text size, read aloud. */
'use client';
import { ALargeSmall, ClipboardPaste, Columns2, Copy, Search } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { DEFAULT_LAYOUT, FONT_MAX, FONT_MIN, type Layout } from '#app/_lib/preferences.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
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
  const size = (font: number) => () => onLayout({ font: Math.min(FONT_MAX, Math.max(FONT_MIN, font)) });
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
      <Menu
        label={t.work.textSize}
        items={[
          {
            kind: 'action',
            label: t.work.larger,
            onSelect: size(layout.font + 1),
            disabled: layout.font >= FONT_MAX,
          },
          {
            kind: 'action',
            label: t.work.smaller,
            onSelect: size(layout.font - 1),
            disabled: layout.font <= FONT_MIN,
          },
          { kind: 'action', label: t.work.resetSize, onSelect: size(DEFAULT_LAYOUT.font) },
          { kind: 'line' },
          {
            kind: 'choice',
            label: t.work.screenReader,
            chosen: layout.aloud,
            onSelect: () => onLayout({ aloud: !layout.aloud }),
          },
        ]}
      >
        <ALargeSmall />
      </Menu>
    </div>
  );
}
