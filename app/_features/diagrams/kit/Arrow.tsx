/** A line along points, with a head at its end. */
import type { Point } from './shapes.ts';

type ArrowProps = {
  /** As in SVG's polyline: `0 0, 10 0, 10 20`. */
  points: string;
  /** Dashed: only sometimes, or only for a while. */
  dashed?: boolean;
  both?: boolean;
  stroke?: string;
};

export function Arrow({ points, dashed = false, both = false, stroke = 'var(--ink-2)' }: ArrowProps) {
  const corners = points.split(',').map((pair) => pair.trim().split(' ').map(Number) as unknown as Point);
  return (
    <>
      <polyline
        points={points}
        fill="none"
        stroke={stroke}
        strokeWidth="1.25"
        strokeDasharray={dashed ? '4 3' : undefined}
      />
      <path d={head(corners.at(-2)!, corners.at(-1)!)} fill={stroke} />
      {both && <path d={head(corners[1]!, corners[0]!)} fill={stroke} />}
    </>
  );
}

function head([fromX, fromY]: Point, [x, y]: Point): string {
  const length = Math.hypot(x - fromX, y - fromY);
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const side = (sign: number) => `${x - 8 * dx - sign * 3.5 * dy} ${y - 8 * dy + sign * 3.5 * dx}`;
  return `M${x} ${y}L${side(1)}L${side(-1)}z`;
}
