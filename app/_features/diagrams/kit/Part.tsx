/** A program or a part of a machine: a plain box with its name in the middle. */
import type { ReactNode } from 'react';
import type { Area } from './shapes.ts';
import { Text } from './Text.tsx';

export function Part({
  x,
  y,
  w,
  h,
  label,
  note,
  as = 'code',
  dashed = false,
}: Area & { label: ReactNode; note?: ReactNode; as?: 'name' | 'code'; dashed?: boolean }) {
  const middle = y + h / 2 + (note === undefined ? 4.5 : -3);
  return (
    <>
      <rect
        x={x}
        y={y}
        width={w}
        height={h}
        fill={dashed ? 'none' : 'var(--well)'}
        stroke={dashed ? 'var(--ink-3)' : 'var(--line-ui)'}
        strokeDasharray={dashed ? '4 3' : undefined}
        className="d-sharp"
      />
      <Text x={x + w / 2} y={middle} at="middle" as={as}>
        {label}
      </Text>
      {note !== undefined && (
        <Text x={x + w / 2} y={middle + 17} at="middle">
          {note}
        </Text>
      )}
    </>
  );
}
