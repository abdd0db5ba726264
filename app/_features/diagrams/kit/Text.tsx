/** Text in a figure. */
import type { ReactNode } from 'react';
import { classes } from '#app/_ui/classes.ts';

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
