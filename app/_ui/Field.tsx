/** A labelled input with its rule and its error in words, tied together for screen readers. */
import { useId, type ComponentProps, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { INPUT } from './input.ts';

type FieldProps = ComponentProps<'input'> & {
  label: string;
  rule?: string;
  error?: string | null;
  after?: ReactNode;
};

export function Field({ label, rule, error, after, className, ...rest }: FieldProps) {
  const id = useId();
  const described = [error && `${id}-error`, rule && `${id}-rule`].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-strong">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={classes(INPUT, Boolean(after) && 'pr-11', className)}
          {...rest}
        />
        {after && <div className="absolute inset-y-0 right-1 flex items-center">{after}</div>}
      </div>
      {error && (
        <p id={`${id}-error`} className="text-fail">
          {error}
        </p>
      )}
      {rule && (
        <p id={`${id}-rule`} className="text-ink-3">
          {rule}
        </p>
      )}
    </div>
  );
}
