/** The button of a menu, by itself: for menus whose items are worth loading only with them. */
'use client';
import type { ReactNode, Ref } from 'react';
import { IconButton } from './IconButton.tsx';

export type MenuButtonProps = {
  label: string;
  /** What the button shows. */
  children: ReactNode;
  className?: string;
};

type ToggleProps = {
  ref: Ref<HTMLButtonElement>;
  /** Of the menu that it opens. */
  id: string;
  shown: boolean;
  onToggle: () => void;
};

export function MenuButton({ id, shown, onToggle, ...look }: MenuButtonProps & ToggleProps) {
  return (
    <IconButton
      aria-haspopup="menu"
      aria-expanded={shown}
      aria-controls={shown ? id : undefined}
      onClick={onToggle}
      {...look}
    />
  );
}
