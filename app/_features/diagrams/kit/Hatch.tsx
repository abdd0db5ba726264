/** What can be written: hatched in the family's edge. */
import { useId } from 'react';
import { edgeOf, type Area, type Family } from './shapes.ts';

export function Hatch({ x, y, w, h, family }: Area & { family: Family }) {
  const id = useId();
  return (
    <>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2.5" height="6" fill={edgeOf(family)} opacity=".55" />
      </pattern>
      <rect x={x} y={y} width={w} height={h} fill={`url(#${id})`} />
      <path d={`M${x} ${y}h${w}`} stroke={edgeOf(family)} className="d-sharp" />
    </>
  );
}
