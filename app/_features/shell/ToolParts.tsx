/** What the tools open: palette, keys and themes come to the browser with the first of them. */
'use client';
import type { RefObject } from 'react';
import type { Me } from '#server/protocol/account.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { THEMES } from '#app/_lib/preferences.ts';
import { chooseTheme, useThemeChoice } from '#app/_lib/theme.ts';
import type { MenuItem } from '#app/_ui/menu-item.ts';
import MenuList from '#app/_ui/MenuList.tsx';
import type { Command } from './commands.ts';
import { KeysDialog } from './KeysDialog.tsx';
import { Palette } from './Palette.tsx';

type ToolPartProps = {
  part: 'palette' | 'keys' | 'themes';
  me: Me | null;
  commands: Command[];
  /** Of the menu of themes. */
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  onKeys: () => void;
};

export default function ToolPart({ part, me, commands, id, button, onClose, onKeys }: ToolPartProps) {
  if (part === 'palette') return <Palette me={me} commands={commands} onClose={onClose} onKeys={onKeys} />;
  if (part === 'keys') return <KeysDialog onClose={onClose} />;
  return <Themes id={id} button={button} onClose={onClose} />;
}

function Themes({ id, button, onClose }: Pick<ToolPartProps, 'id' | 'button' | 'onClose'>) {
  const { t } = useI18n();
  const theme = useThemeChoice();
  const items = THEMES.map((choice): MenuItem => ({
    kind: 'choice',
    label: { light: t.top.themeLight, dark: t.top.themeDark, system: t.top.themeSystem }[choice],
    chosen: choice === theme,
    onSelect: () => chooseTheme(choice),
  }));
  return <MenuList id={id} label={t.top.theme} items={items} button={button} onClose={onClose} />;
}
