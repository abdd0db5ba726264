/** The tiles, and how the keyboard walks them: arrows in the grid, Home and End; Enter is the link's own. */
'use client';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useWallWords } from '../words.ts';
import { arrowTo } from './order.ts';
import { TileCell } from './TileCell.tsx';
import type { HeldOrder } from './use-held-order.ts';

export type TileSize = 'dense' | 'usual' | 'large';

type GridProps = {
  order: HeldOrder;
  size: TileSize;
  hrefOf: (learner: string) => string;
};

export function TileGrid({ order, size, hrefOf }: GridProps) {
  const { w } = useWallWords();
  const { shown, watch } = order;
  const grid = useRef<HTMLOListElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const current = chosen !== null && shown.includes(chosen) ? chosen : (shown[0] ?? null);

  /** An element that is moved in the document loses the focus: it gets it back. */
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    const learner = focused.current;
    if (learner !== null && document.activeElement === document.body) focusOn(grid.current, learner);
  });

  const walk = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || current === null) return;
    const columns = getComputedStyle(grid.current!).gridTemplateColumns.split(' ').length;
    const index = shown.indexOf(current);
    const next = arrowTo(event.key, { index, columns, total: shown.length });
    if (next === null) return;
    event.preventDefault();
    setChosen(shown[next]!);
    focusOn(grid.current, shown[next]!);
  };

  return (
    <ol
      ref={grid}
      role="list"
      aria-label={w.tiles}
      className="wall"
      data-size={size}
      onPointerEnter={watch.onPointerEnter}
      onPointerLeave={watch.onPointerLeave}
      onFocus={(event) => {
        const { learner } = event.target.dataset;
        if (learner) setChosen(learner);
        focused.current = learner ?? null;
        watch.onFocus(event);
      }}
      onBlur={(event) => {
        // Gone with a move, it is not left.
        if (event.relatedTarget) focused.current = null;
        watch.onBlur(event);
      }}
      onKeyDown={walk}
    >
      {shown.map((learner) => (
        <TileCell key={learner} learner={learner} href={hrefOf(learner)} isCurrent={learner === current} />
      ))}
    </ol>
  );
}

function focusOn(grid: HTMLElement | null, learner: string): void {
  grid?.querySelector<HTMLElement>(`[data-learner="${learner}"]`)?.focus();
}
