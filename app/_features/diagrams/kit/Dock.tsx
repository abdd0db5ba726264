/** A host in section, with what divides it: walls and ground, the waterline, the props under a container. */
import { useId, type ReactNode } from 'react';
import { edgeOf, type Area, type Family } from './shapes.ts';
import { Text } from './Text.tsx';

/** A host in section: walls, ground, and the hatch of its disk below. */
export function Dock({ x, y, w, h, title, note }: Area & { title?: ReactNode; note?: ReactNode }) {
  const id = useId();
  return (
    <>
      <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
        <path d="M0 8 8 0" stroke="var(--line-2)" />
      </pattern>
      <rect x={x} y={y + h} width={w} height="6" fill={`url(#${id})`} />
      <rect
        x={x}
        y={y}
        width={w}
        height={h}
        className="d-sharp"
        fill="var(--panel)"
        stroke="var(--line-ui)"
      />
      {title !== undefined && (
        <Text x={x + 10} y={y + 19} as="name">
          {title}
        </Text>
      )}
      {note !== undefined && (
        <Text x={x + w - 10} y={y + 19} at="end">
          {note}
        </Text>
      )}
    </>
  );
}

/** Below it nothing can be written. The mark stands where `mark` says. */
export function Waterline({ x, w, y, mark }: { x: number; w: number; y: number; mark: number }) {
  return (
    <path
      d={`M${x} ${y}h${w}M${mark - 6} ${y - 11}h12l-6 9zM${mark - 4} ${y + 4}h8M${mark - 2} ${y + 7}h4`}
      fill="none"
      stroke="var(--line-ui)"
    />
  );
}

/** The two props on which a container stands on its image. */
export function Props({ x, w, y, h, family }: Area & { family: Family }) {
  return (
    <path
      d={`M${x + 8} ${y}v${h}M${x + w - 8} ${y}v${h}`}
      stroke={edgeOf(family)}
      strokeWidth="1.5"
      className="d-sharp"
    />
  );
}
