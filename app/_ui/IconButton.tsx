/** A button that shows only an icon: its name is read aloud and shown as a tip, with its key where it has one. */
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

export const TOOL =
  'inline-flex h-(--hit) min-w-(--hit) items-center justify-center gap-1.5 rounded-touch px-2 text-ink-2 transition-colors duration-(--t-tap) hover:bg-well hover:text-ink hover:no-underline aria-pressed:bg-accent-wash aria-pressed:text-accent disabled:text-line-ui disabled:hover:bg-transparent';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  label: string;
  keys?: string;
  children: ReactNode;
};

export function IconButton({ label, keys, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tip={label}
      data-tip-keys={keys}
      className={classes(TOOL, className)}
      {...rest}
    />
  );
}
