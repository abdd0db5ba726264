/** Holds the order of the tiles for as long as the pointer or the keyboard is among them. */
'use client';
import { useRef, useState, type FocusEvent } from 'react';
import { held, sameOrder } from './order.ts';

export type HeldOrder = {
  shown: readonly string[];
  /** What is shown is not what was asked for, because somebody points at it. */
  isHeld: boolean;
  /** Puts all in their places, even while somebody points. */
  sortAnew: () => void;
  /** For the element around the tiles. */
  watch: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent<HTMLElement>) => void;
    onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
};

export function useHeldOrder(wanted: readonly string[]): HeldOrder {
  const [kept, setKept] = useState<readonly string[] | null>(null);
  const points = useRef({ pointer: false, keyboard: false });
  const shown = kept ? held(kept, wanted) : wanted;
  // Who came while it was held has a place from now on.
  if (kept && shown !== kept) setKept(shown);

  const change = (by: 'pointer' | 'keyboard', isThere: boolean) => {
    const { pointer, keyboard } = points.current;
    points.current[by] = isThere;
    if (isThere && !pointer && !keyboard) setKept(shown);
    if (!points.current.pointer && !points.current.keyboard) setKept(null);
  };
  return {
    shown,
    isHeld: kept !== null && !sameOrder(shown, wanted),
    sortAnew: () => setKept(kept && wanted),
    watch: {
      onPointerEnter: () => change('pointer', true),
      onPointerLeave: () => change('pointer', false),
      onFocus: (event) => event.target.matches(':focus-visible') && change('keyboard', true),
      onBlur: (event) => event.currentTarget.contains(event.relatedTarget) || change('keyboard', false),
    },
  };
}
