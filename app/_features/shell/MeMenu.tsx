/** Who is here: a guest, an account, or nobody yet; and the way to change that. On phones the page's tools too. */
'use client';
import { ChartNoAxesColumn, Languages, LogOut, SunMoon, Terminal, UserRound } from 'lucide-react';
import type { Me } from '#server/protocol/account.ts';
import { api } from '#app/_lib/api/browser.ts';
import { initials } from '#app/_lib/format.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { otherLocale } from '#app/_lib/i18n/locale.ts';
import { chooseTheme, useShownTheme } from '#app/_lib/theme.ts';
import { Menu, type MenuItem } from '#app/_ui/Menu.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { switchLanguage } from './language.ts';

export function MeMenu({ me }: { me: Me | null }) {
  const { t, locale } = useI18n();
  const { show } = useVoice();
  const shown = useShownTheme();
  const user = me?.user ?? null;
  const guest = user?.role === 'guest';

  const signOut = async () => {
    try {
      await api.signOut();
      location.assign(`/${locale}`);
    } catch {
      show(t.account.failed, 'fail');
    }
  };

  const items: MenuItem[] = [
    ...(user
      ? [{ kind: 'note', label: guest ? t.top.guest : user.name, detail: user.email ?? undefined } as const]
      : []),
    ...(!user || guest
      ? [
          {
            kind: 'link',
            label: guest ? t.top.keepWork : t.top.signIn,
            href: `/${locale}/sign-in`,
            icon: <UserRound />,
          } as const,
        ]
      : []),
    { kind: 'link', label: t.nav.progress, href: `/${locale}/progress`, icon: <ChartNoAxesColumn /> },
    { kind: 'link', label: t.nav.playground, href: `/${locale}/playground`, icon: <Terminal /> },
    { kind: 'line' },
    {
      kind: 'action',
      label: t.top.language,
      icon: <Languages />,
      onSelect: () => switchLanguage(otherLocale(locale)),
    },
    {
      kind: 'action',
      label: shown === 'dark' ? t.palette.themeLight : t.palette.themeDark,
      icon: <SunMoon />,
      onSelect: () => chooseTheme(shown === 'dark' ? 'light' : 'dark'),
    },
    ...(user && !guest
      ? [
          {
            kind: 'action',
            label: t.top.signOut,
            icon: <LogOut />,
            onSelect: () => void signOut(),
          } as const,
        ]
      : []),
  ];

  return (
    <Menu label={t.top.account} items={items} className="-mr-2">
      <span className="grid size-7 place-items-center rounded-full border border-line-ui text-xs font-strong text-ink-2">
        {user && !guest ? initials(user.name) : <UserRound className="size-3.5!" />}
      </span>
    </Menu>
  );
}
