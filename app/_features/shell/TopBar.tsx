/** The bar on top of every page: where am I, find, language, theme, keys, me. */
'use client';
import type { ReactNode } from 'react';
import type { Me } from '#server/protocol/account.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { BrandMark } from '#app/_ui/BrandMark.tsx';
import { classes } from '#app/_ui/classes.ts';
import type { Command } from './commands.ts';
import { MeMenu } from './MeMenu.tsx';
import { Tools } from './Tools.tsx';

type TopBarProps = {
  me: Me | null;
  /** Crumbs or navigation, right after the brand. */
  children?: ReactNode;
  /** What this page adds to the palette. */
  commands?: Command[];
};

export function TopBar({ me, children, commands }: TopBarProps) {
  const { t, locale } = useI18n();
  return (
    <header className="flex h-(--bar-top) flex-none items-center gap-3 border-b border-line px-4 wide:gap-4">
      <a href="#content" className="skip">
        {t.top.skip}
      </a>
      <a
        href={`/${locale}`}
        className="flex h-(--hit) items-center gap-2 text-[1rem] font-strong text-ink hover:no-underline"
      >
        <BrandMark />
        <span className={classes(children ? 'max-wide:sr-only' : null)}>{t.brand}</span>
      </a>
      {children && <span className="hidden h-5 w-px bg-line wide:block" />}
      {children}
      <span className="flex-1" />
      <Tools me={me} commands={commands ?? []} />
      <MeMenu me={me} />
    </header>
  );
}
