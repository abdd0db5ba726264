/** A container: its outline is its state. */
import type { ReactNode } from 'react';
import { Hatch } from './Hatch.tsx';
import type { Area, Family } from './shapes.ts';
import { Text } from './Text.tsx';

export type BoxState = 'created' | 'running' | 'paused' | 'exited' | 'removed';
type BoxProps = Area & {
  state?: BoxState;
  label?: ReactNode;
  note?: ReactNode;
  /** Height and family of the writable layer at its foot. */
  written?: { h: number; family: Family };
};

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
