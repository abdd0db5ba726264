/** Find, language, theme and keys; palette and key list come to the browser when first opened. */
'use client';
import { Keyboard, Languages, Search, SunMoon } from 'lucide-react';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import type { Me } from '#server/protocol/account.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { otherLocale } from '#app/_lib/i18n/locale.ts';
import { followSystem } from '#app/_lib/theme.ts';
import { IconButton } from '#app/_ui/IconButton.tsx';
import { MenuButton } from '#app/_ui/MenuButton.tsx';
import type { Command } from './commands.ts';
import { isTyping, paletteKeys, useIsMac } from './keyboard.ts';
import { switchLanguage } from './language.ts';

const ToolPart = lazy(() => import('./ToolParts.tsx'));

export function Tools({ me, commands }: { me: Me | null; commands: Command[] }) {
  const { t, locale } = useI18n();
  const isMac = useIsMac();
  const [open, setOpen] = useState<'palette' | 'keys' | 'themes' | null>(null);
  const themes = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(followSystem, []);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      // Ctrl+K belongs to the shell while somebody types there; ⌘K never does.
      const palette =
        event.key.toLowerCase() === 'k' && (event.metaKey || (event.ctrlKey && !isTyping(event.target)));
      const keys = event.key === '?' && !isTyping(event.target);
      if (!palette && !keys) return;
      event.preventDefault();
      setOpen(palette ? 'palette' : 'keys');
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);

  const close = () => setOpen(null);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen('palette')}
        className="hidden h-(--hit) w-54 items-center gap-2 rounded-touch border border-line-2 px-2 text-ink-3 hover:border-line-ui full:flex"
      >
        <Search />
        <span>{t.top.find}</span>
        <kbd className="ml-auto text-mono-xs">{paletteKeys(isMac)}</kbd>
      </button>
      <div className="flex items-center">
        <IconButton
          label={t.top.find}
          keys={paletteKeys(isMac)}
          className="full:hidden"
          onClick={() => setOpen('palette')}
        >
          <Search />
        </IconButton>
        <IconButton
          label={t.top.languageLabel}
          className="max-narrow:hidden"
          onClick={() => switchLanguage(otherLocale(locale))}
        >
          <Languages />
        </IconButton>
        <MenuButton
          ref={themes}
          id={id}
          shown={open === 'themes'}
          label={t.top.theme}
          className="max-narrow:hidden"
          onToggle={() => setOpen(open === 'themes' ? null : 'themes')}
        >
          <SunMoon />
        </MenuButton>
        <IconButton label={t.top.keys} keys="?" className="max-wide:hidden" onClick={() => setOpen('keys')}>
          <Keyboard />
        </IconButton>
      </div>
      {open && (
        <Suspense fallback={null}>
          <ToolPart
            key={open}
            part={open}
            me={me}
            commands={commands}
            id={id}
            button={themes}
            onClose={close}
            onKeys={() => setOpen('keys')}
          />
        </Suspense>
      )}
    </>
  );
}
