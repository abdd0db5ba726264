/** A button that opens a menu; the menu's own code comes when it is first opened. */
'use client';
import { lazy, Suspense, useId, useRef, useState, type ReactNode, type Ref } from 'react';
import { IconButton } from './IconButton.tsx';
import type { MenuItem } from './menu-item.ts';

const MenuList = lazy(() => import('./MenuList.tsx'));

type MenuButtonProps = {
  label: string;
  /** What the button shows. */
  children: ReactNode;
  className?: string;
};

export function Menu({ items, ...look }: MenuButtonProps & { items: MenuItem[] }) {
  const button = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <>
      <MenuButton ref={button} id={id} shown={shown} onToggle={() => setShown(!shown)} {...look} />
      {shown && (
        <Suspense fallback={null}>
          <MenuList
            id={id}
            label={look.label}
            button={button}
            items={items}
            onClose={() => setShown(false)}
          />
        </Suspense>
      )}
    </>
  );
}

type ToggleProps = {
  ref: Ref<HTMLButtonElement>;
  /** Of the menu that it opens. */
  id: string;
  shown: boolean;
  onToggle: () => void;
};

/** By itself for menus whose items are worth loading only with them. */
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
