/** Buttons and links that look like buttons: `go` is the one thing to do, `text` the quiet one. */
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

export type ButtonKind = 'plain' | 'go' | 'text' | 'danger';

const LOOK: Record<ButtonKind, string> = {
  plain: 'border-line-ui text-ink hover:bg-well',
  go: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  text: 'border-transparent px-2 text-accent hover:bg-well',
  danger: 'border-fail text-fail hover:bg-well',
};

const SHAPE =
  'inline-flex h-(--hit) items-center justify-center gap-1.5 rounded-touch border px-3 text-sm font-strong whitespace-nowrap select-none transition-colors duration-(--t-tap) hover:no-underline disabled:border-line-2 disabled:bg-transparent disabled:text-ink-3 aria-disabled:border-line-2 aria-disabled:bg-transparent aria-disabled:text-ink-3';

function look(kind: ButtonKind, extra?: string): string {
  return classes(SHAPE, LOOK[kind], extra);
}

export function Button({
  kind = 'plain',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { kind?: ButtonKind }) {
  return <button type={type} className={look(kind, className)} {...rest} />;
}

export function ButtonLink({
  kind = 'plain',
  className,
  ...rest
}: ComponentProps<'a'> & { kind?: ButtonKind }) {
  return <a className={look(kind, className)} {...rest} />;
}
