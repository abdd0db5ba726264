/** Two panes with a divider that drags, and moves by arrow keys; a double click sets it back. */
'use client';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

type SplitProps = {
  label: string;
  /** Size of the first pane. */
  size: number;
  unit: 'px' | '%';
  least: number;
  most: number;
  usual: number;
  onResize: (size: number) => void;
  first: ReactNode;
  second: ReactNode;
};

const STEP = { px: 16, '%': 2 } as const;

export function Split({ label, size, unit, least, most, usual, onResize, first, second }: SplitProps) {
  const root = useRef<HTMLDivElement>(null);
  const clamp = (value: number) => Math.min(most, Math.max(least, value));

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = root.current!.getBoundingClientRect();
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
    <div ref={root} className="flex h-full min-h-0 min-w-0 flex-1">
      <div
        className="flex min-h-0 min-w-0 flex-none flex-col"
        style={{ width: `${size}${unit}`, maxWidth: '80%' }}
      >
        {first}
      </div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(size)}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        className="divider"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => onResize(usual)}
        onKeyDown={key}
      />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{second}</div>
    </div>
  );
}
