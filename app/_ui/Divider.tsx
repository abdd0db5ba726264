/** The line between two panes, beside or above each other: it drags, moves by arrow keys, and a double click sets it back. */
'use client';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { classes } from './classes.ts';

type DividerProps = {
  label: string;
  /** Of the pane to its left, or above it, measured in its parent. */
  size: number;
  unit: 'px' | '%';
  least: number;
  most: number;
  usual: number;
  onResize: (size: number) => void;
  /** It lies, and one pane is above the other. */
  across?: boolean;
  className?: string;
  style?: CSSProperties;
};

const STEP = { px: 16, '%': 2 } as const;

export function Divider(props: DividerProps) {
  const { label, size, unit, least, most, usual, onResize, across, className, style } = props;
  const clamp = (value: number) => Math.min(most, Math.max(least, value));

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    const px = across ? event.clientY - box.top : event.clientX - box.left;
    onResize(clamp(unit === 'px' ? px : (100 * px) / (across ? box.height : box.width)));
  };
  const key = (event: KeyboardEvent) => {
    const [less, more] = [size - STEP[unit], size + STEP[unit]];
    const moved = {
      ArrowLeft: less,
      ArrowUp: less,
      ArrowRight: more,
      ArrowDown: more,
      Home: least,
      End: most,
    }[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    onResize(clamp(moved));
  };

  return (
    <div
      role="separator"
      aria-orientation={across ? 'horizontal' : 'vertical'}
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
