/** What all figures are drawn with: the grammar of the dock (slab, box, ground, rail, drum), text and arrows. Units are figure pixels. */
import { useId, type ReactNode } from 'react';
import { classes } from '#app/_ui/classes.ts';

/** Image families, as in the X-ray; stone is what belongs to more than one, or to none. */
export type Family = 1 | 2 | 3 | 4 | 5 | 6 | 'stone';
export type Point = readonly [x: number, y: number];
type Area = { x: number; y: number; w: number; h: number };

export const fillOf = (family: Family) => (family === 'stone' ? 'var(--stone)' : `var(--fam-${family})`);
export const edgeOf = (family: Family) =>
  family === 'stone' ? 'var(--stone-edge)' : `var(--fam-${family}-edge)`;

type TextProps = {
  x: number;
  y: number;
  /** `name` what a thing is called, `code` what could be typed, `note` said about it. */
  as?: 'name' | 'code' | 'note';
  at?: 'start' | 'middle' | 'end';
  /** Keeps the text readable where a line passes behind it. */
  halo?: boolean;
  className?: string;
  children: ReactNode;
};

export function Text({ x, y, as = 'note', at = 'start', halo = false, className, children }: TextProps) {
  return (
    <text x={x} y={y} textAnchor={at} className={classes(`d-${as}`, halo && 'd-halo', className)}>
      {children}
    </text>
  );
}

type SlabProps = Area & {
  family: Family;
  label?: ReactNode;
  right?: ReactNode;
  as?: 'name' | 'code' | 'note';
  /** Dashed: asked for and not there. */
  state?: 'full' | 'dashed';
};

/** A read-only layer. */
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

/** What can be written: hatched in the family's edge. */
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

export type BoxState = 'created' | 'running' | 'paused' | 'exited' | 'removed';
type BoxProps = Area & {
  state?: BoxState;
  label?: ReactNode;
  note?: ReactNode;
  /** Height and family of the writable layer at its foot. */
  written?: { h: number; family: Family };
};

/** A container: its outline is its state. */
export function Box({ x, y, w, h, state = 'running', label, note, written }: BoxProps) {
  const marked = state !== 'removed';
  return (
    <>
      <rect x={x} y={y} width={w} height={h} fill="var(--panel)" />
      {written && <Hatch x={x} y={y + h - written.h} w={w} h={written.h} family={written.family} />}
      <Outline {...{ x, y, w, h, state }} />
      {marked && <StateMark x={x + 10} y={y + 10} state={state} />}
      {label !== undefined && (
        <Text x={x + (marked ? 26 : 10)} y={y + 19} as="name">
          {label}
        </Text>
      )}
      {note !== undefined && (
        <Text x={x + 10} y={y + 37}>
          {note}
        </Text>
      )}
    </>
  );
}

function Outline({ x, y, w, h, state }: Area & { state: BoxState }) {
  const lidless = `M${x} ${y}v${h}h${w}v${-h}`;
  if (state === 'exited') return <path d={lidless} fill="none" stroke="var(--ink)" strokeWidth="1.5" />;
  return (
    <>
      <rect
        x={x}
        y={y}
        width={w}
        height={h}
        fill="none"
        stroke={state === 'removed' ? 'var(--ink-3)' : 'var(--ink)'}
        strokeWidth={state === 'running' || state === 'paused' ? 1.5 : 1}
        strokeDasharray={state === 'removed' ? '1.5 3' : undefined}
      />
      {state === 'paused' && (
        <path d={`M${x + 4} ${y}v${h}M${x + w - 4} ${y}v${h}`} stroke="var(--ink)" strokeWidth="1.5" />
      )}
    </>
  );
}

function StateMark({ x, y, state }: { x: number; y: number; state: BoxState }) {
  if (state === 'created')
    return <circle cx={x + 5} cy={y + 5} r="4.25" fill="none" stroke="var(--ink)" strokeWidth="1.5" />;
  const d = {
    running: `M${x + 0.5} ${y}l10 5-10 5z`,
    paused: `M${x + 1} ${y}h3v10h-3zM${x + 7} ${y}h3v10h-3z`,
    exited: `M${x + 0.5} ${y + 0.5}h9v9h-9z`,
    removed: '',
  }[state];
  return <path d={d} fill="var(--ink)" />;
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

type ArrowProps = {
  points: readonly Point[];
  /** Dashed: only sometimes, or only for a while. */
  dashed?: boolean;
  both?: boolean;
  stroke?: string;
};

/** A line along the points, with a head at its end. */
export function Arrow({ points, dashed = false, both = false, stroke = 'var(--ink-2)' }: ArrowProps) {
  return (
    <>
      <path
        d={`M${points.map((point) => point.join(' ')).join('L')}`}
        fill="none"
        stroke={stroke}
        strokeWidth="1.25"
        strokeDasharray={dashed ? '4 3' : undefined}
      />
      <path d={head(points.at(-2)!, points.at(-1)!)} fill={stroke} />
      {both && <path d={head(points[1]!, points[0]!)} fill={stroke} />}
    </>
  );
}

function head([fromX, fromY]: Point, [x, y]: Point): string {
  const length = Math.hypot(x - fromX, y - fromY);
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const side = (sign: number) => `${x - 8 * dx - sign * 3.5 * dy} ${y - 8 * dy + sign * 3.5 * dx}`;
  return `M${x} ${y}L${side(1)}L${side(-1)}z`;
}

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

/** A volume: a drum outside of every container. */
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

/** A program or a machine part: a plain box with its name in the middle. */
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
