/** One tip for the whole page: whatever bears `data-tip` shows it on hover and on keyboard focus. */
'use client';
import { useEffect, useRef } from 'react';

const DELAY_MS = 400;
const GAP_PX = 6;

export default function Tooltips() {
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = tip.current!;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let owner: HTMLElement | null = null;
    /** Pressed, and not left since: it needs no tip. */
    let pressed: HTMLElement | null = null;

    const hide = () => {
      clearTimeout(timer);
      owner = null;
      if (box.matches(':popover-open')) box.hidePopover();
    };
    const show = (target: HTMLElement) => {
      owner = target;
      const keys = target.dataset.tipKeys;
      box.replaceChildren(target.dataset.tip ?? '');
      if (keys) {
        const key = document.createElement('kbd');
        key.textContent = keys;
        box.append(key);
      }
      if (!box.matches(':popover-open')) box.showPopover();
      place(box, target.getBoundingClientRect());
    };
    const over = (event: Event) => {
      const target = (event.target as Element).closest?.<HTMLElement>('[data-tip]');
      if (target === owner || (target && target === pressed)) return;
      pressed = null;
      hide();
      // On touch a tip would only cover what was tapped.
      if (!target || (event as PointerEvent).pointerType === 'touch') return;
      if (event.type === 'focusin' && !target.matches(':focus-visible')) return;
      timer = setTimeout(() => target.isConnected && show(target), event.type === 'focusin' ? 0 : DELAY_MS);
    };
    const press = (event: Event) => {
      hide();
      pressed = (event.target as Element).closest?.<HTMLElement>('[data-tip]');
    };
    // A word's meaning is worth a tap, too; a button's name is not.
    const tap = (event: MouseEvent) => {
      const word = (event.target as Element).closest<HTMLElement>('dfn[data-tip]');
      if (word) show(word);
    };
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && hide();

    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener('pointerover', over, { signal });
    document.addEventListener('focusin', over, { signal });
    document.addEventListener('pointerdown', press, { capture: true, signal });
    document.addEventListener('click', tap, { signal });
    document.addEventListener('keydown', escape, { capture: true, signal });
    // What made us come is pointed at or focused already.
    const first = document.querySelector<HTMLElement>('[data-tip]:focus-visible, [data-tip]:hover');
    if (first) timer = setTimeout(() => first.isConnected && show(first), DELAY_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, []);

  // Hidden from assistive technology: the button's own name says the same.
  return <div ref={tip} popover="manual" aria-hidden="true" className="tip" />;
}

function place(box: HTMLElement, anchor: DOMRect): void {
  const { width, height } = box.getBoundingClientRect();
  const below = anchor.bottom + GAP_PX + height < innerHeight;
  const left = anchor.left + anchor.width / 2 - width / 2;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  box.style.top = `${below ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - height}px`;
}
