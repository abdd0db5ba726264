/** A volume: a drum outside of every container. */
import type { ReactNode } from 'react';
import type { Area } from './shapes.ts';
import { Text } from './Text.tsx';

export function Drum({ x, y, w, h, label, note }: Area & { label: ReactNode; note?: ReactNode }) {
  const r = 6;
  return (
    <>
      <path
        d={`M${x} ${y + r}v${h - 2 * r}c0 ${r + 2} ${w} ${r + 2} ${w} 0v${2 * r - h}`}
        fill="var(--panel)"
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      <ellipse
        cx={x + w / 2}
        cy={y + r}
        rx={w / 2}
        ry={r}
        fill="var(--panel)"
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      <Text x={x + w / 2} y={y + h / 2 + (note === undefined ? 9 : 3)} at="middle" as="name">
        {label}
      </Text>
      {note !== undefined && (
        <Text x={x + w / 2} y={y + h / 2 + 20} at="middle">
          {note}
        </Text>
      )}
    </>
  );
}
