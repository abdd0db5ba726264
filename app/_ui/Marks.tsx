/** The three marks that repeat every colour by a shape: tick, cross, half moon; and the empty ring of an open task. */
import { classes } from './classes.ts';

type MarkProps = { className?: string; label?: string };

const naming = (label: string | undefined) =>
  label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };

export function Tick({ className, label }: MarkProps) {
  return (
    <svg
      viewBox="0 0 10 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      className={classes('text-ok', className)}
      {...naming(label)}
    >
      <path d="M1 5.5 4 8.5 9 1.5" />
    </svg>
  );
}

export function Cross({ className, label }: MarkProps) {
  return (
    <svg
      viewBox="0 0 10 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      className={classes('text-fail', className)}
      {...naming(label)}
    >
      <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" />
    </svg>
  );
}

export function HalfMoon({ className, label }: MarkProps) {
  return (
    <svg viewBox="0 0 13 13" fill="none" className={classes('text-near', className)} {...naming(label)}>
      <circle cx="6.5" cy="6.5" r="5.75" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6.5 .75a5.75 5.75 0 0 1 0 11.5z" fill="currentColor" />
    </svg>
  );
}

export function Ring({ className, label }: MarkProps) {
  return (
    <svg viewBox="0 0 13 13" fill="none" className={classes('text-line-ui', className)} {...naming(label)}>
      <circle cx="6.5" cy="6.5" r="5.75" stroke="currentColor" strokeWidth="1.25" />
    </svg>
  );
}
