/** A read-only layer, as in the X-ray. */
import type { ReactNode } from 'react';
import { edgeOf, fillOf, type Area, type Family } from './shapes.ts';
import { Text } from './Text.tsx';

type SlabProps = Area & {
  family: Family;
  label?: ReactNode;
  right?: ReactNode;
  as?: 'name' | 'code' | 'note';
  /** Dashed: asked for and not there. */
  state?: 'full' | 'dashed';
};

export function Slab({ x, y, w, h, family, label, right, as = 'note', state = 'full' }: SlabProps) {
  const middle = y + h / 2 + 4.5;
  return (
    <>
      <rect
        x={x}
        y={y}
        width={w}
        height={h}
        className="d-sharp"
        fill={state === 'full' ? fillOf(family) : 'none'}
        stroke={edgeOf(family)}
        strokeDasharray={state === 'dashed' ? '4 3' : undefined}
      />
      {label !== undefined && (
        <Text x={x + 8} y={middle} as={as} className="d-on-fill">
          {label}
        </Text>
      )}
      {right !== undefined && (
        <Text x={x + w - 8} y={middle} at="end" className="d-on-fill">
          {right}
        </Text>
      )}
    </>
  );
}
