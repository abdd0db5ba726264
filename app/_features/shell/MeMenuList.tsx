/** What is behind the round badge: who is here, the way to an account, and on phones the page's tools. */
'use client';
import {
  ChartNoAxesColumn,
  Languages,
  LogOut,
  ShieldCheck,
  SunMoon,
  Terminal,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { Me } from '#server/protocol/account.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { otherLocale } from '#app/_lib/i18n/locale.ts';
import { chooseTheme, useShownTheme } from '#app/_lib/theme.ts';
import type { MenuItem } from '#app/_ui/menu-item.ts';
import MenuList, { type MenuListProps } from '#app/_ui/MenuList.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { switchLanguage } from './language.ts';

export default function MeMenuList({ me, ...open }: Omit<MenuListProps, 'items'> & { me: Me | null }) {
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
    { kind: 'link', label: t.nav.classes, href: `/${locale}/classes`, icon: <UsersRound /> },
    { kind: 'link', label: t.nav.playground, href: `/${locale}/playground`, icon: <Terminal /> },
    { kind: 'link', label: t.nav.privacy, href: `/${locale}/privacy`, icon: <ShieldCheck /> },
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

  return <MenuList {...open} items={items} />;
}
