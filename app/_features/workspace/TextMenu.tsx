/** How terminals show their text: its size, and whether it is read aloud. */
'use client';
import type { RefObject } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { DEFAULT_LAYOUT, FONT_MAX, FONT_MIN, type Layout } from '#app/_lib/preferences.ts';
import MenuList from '#app/_ui/MenuList.tsx';

type TextMenuProps = {
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  layout: Layout;
  onLayout: (change: Partial<Layout>) => void;
  onClose: () => void;
};

export function TextMenu({ id, button, layout, onLayout, onClose }: TextMenuProps) {
  const { t } = useI18n();
  const size = (font: number) => () => onLayout({ font: Math.min(FONT_MAX, Math.max(FONT_MIN, font)) });
  return (
    <MenuList
      id={id}
      label={t.work.textSize}
      button={button}
      onClose={onClose}
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
    />
  );
}
