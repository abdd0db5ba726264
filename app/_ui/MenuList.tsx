/** What a menu's button opens: rows walked by arrows, letters that jump, Escape that gives focus back. */
'use client';
import { Check } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { classes } from './classes.ts';
import type { MenuItem } from './menu-item.ts';

export type MenuListProps = {
  id: string;
  label: string;
  items: MenuItem[];
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

const GAP_PX = 4;

/** Mount it to open it. */
export default function MenuList({ id, label, items, button, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });

  useEffect(() => {
    const menu = list.current!;
    menu.showPopover();
    place(menu, button.current!.getBoundingClientRect());
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const outside = (event: Event) => {
      const target = event.target as Node;
      // The button itself closes by its own click.
      if (!menu.contains(target) && !button.current?.contains(target)) latest.current();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside);
    };
  }, [button]);

  const close = () => {
    onClose();
    button.current?.focus();
  };
  const select = (item: MenuItem) => {
    if (item.kind === 'link') return onClose();
    close();
    if (item.kind === 'action' || item.kind === 'choice') item.onSelect();
  };

  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      role="menu"
      aria-label={label}
      className="menu"
      onKeyDown={(event) => walk(event, list.current!, close)}
    >
      {items.map((item, index) => (
        <Row key={'label' in item ? item.label : `line-${index}`} item={item} onSelect={() => select(item)} />
      ))}
    </div>
  );
}

function place(menu: HTMLElement, anchor: DOMRect): void {
  const left = Math.min(anchor.left, innerWidth - menu.offsetWidth - 8);
  const below = anchor.bottom + GAP_PX + menu.offsetHeight < innerHeight;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below ? anchor.bottom + GAP_PX : Math.max(8, anchor.top - GAP_PX - menu.offsetHeight)}px`;
}

const ROW =
  'flex min-h-(--hit) w-full items-center gap-2 rounded-touch px-2 py-1 text-left text-sm text-ink hover:bg-well hover:no-underline focus-visible:bg-well focus-visible:outline-offset-0 disabled:text-ink-3';

function Row({ item, onSelect }: { item: MenuItem; onSelect: () => void }) {
  if (item.kind === 'line') return <div role="separator" className="my-1 border-t border-line" />;
  if (item.kind === 'note')
    return (
      <div role="presentation" className="px-2 py-1 text-sm">
        <div className="font-strong">{item.label}</div>
        {item.detail && <div className="text-ink-2">{item.detail}</div>}
      </div>
    );
  if (item.kind === 'link')
    return (
      <a role="menuitem" tabIndex={-1} href={item.href} className={ROW} onClick={onSelect}>
        {item.icon ?? <span className="w-4" />}
        {item.label}
      </a>
    );
  if (item.kind === 'choice')
    return (
      <button
        type="button"
        role="menuitemradio"
        aria-checked={item.chosen}
        tabIndex={-1}
        className={ROW}
        onClick={onSelect}
      >
        <span className="w-4 text-accent">{item.chosen && <Check />}</span>
        <span className={classes(item.chosen && 'font-strong')}>{item.label}</span>
      </button>
    );
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={ROW}
      disabled={item.disabled}
      onClick={onSelect}
    >
      {item.icon ?? <span className="w-4" />}
      {item.label}
      {item.keys && <kbd className="ml-auto pl-4 text-mono-xs text-ink-3">{item.keys}</kbd>}
    </button>
  );
}

function walk(event: KeyboardEvent, menu: HTMLElement, close: () => void): void {
  const rows = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const go = (index: number) => {
    event.preventDefault();
    rows[(index + rows.length) % rows.length]?.focus();
  };
  if (event.key === 'ArrowDown') return go(at + 1);
  if (event.key === 'ArrowUp') return go(at - 1);
  if (event.key === 'Home') return go(0);
  if (event.key === 'End') return go(rows.length - 1);
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    return close();
  }
  if (event.key.length === 1 && /\S/.test(event.key)) {
    const wanted = event.key.toLowerCase();
    const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    after.find((row) => row.textContent?.trim().toLowerCase().startsWith(wanted))?.focus();
  }
}
