/** The line between two panes: it drags, moves by arrow keys, and a double click sets it back. */
'use client';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { classes } from './classes.ts';

type DividerProps = {
  label: string;
  /** Size of the pane to its left, measured in its parent. */
  size: number;
  unit: 'px' | '%';
  least: number;
  most: number;
  usual: number;
  onResize: (size: number) => void;
  className?: string;
  style?: CSSProperties;
};

const STEP = { px: 16, '%': 2 } as const;

export function Divider({ label, size, unit, least, most, usual, onResize, className, style }: DividerProps) {
  const clamp = (value: number) => Math.min(most, Math.max(least, value));

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    const px = event.clientX - box.left;
    onResize(clamp(unit === 'px' ? px : (100 * px) / box.width));
  };
  const key = (event: KeyboardEvent) => {
    const moved = { ArrowLeft: size - STEP[unit], ArrowRight: size + STEP[unit], Home: least, End: most }[
      event.key
    ];
    if (moved === undefined) return;
    event.preventDefault();
    onResize(clamp(moved));
  };

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(size)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={classes('divider', className)}
      style={style}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onResize(usual)}
      onKeyDown={key}
    />
  );
}
