/** A button that opens a menu; the menu's own code comes when it is first opened. */
'use client';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { MenuButton, type MenuButtonProps } from './MenuButton.tsx';
import type { MenuItem } from './menu-item.ts';

const MenuList = lazy(() => import('./MenuList.tsx'));

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
