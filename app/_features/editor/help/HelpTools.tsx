/** Beside the name of an open file: how many problems it has, and what tidies it up. */
'use client';
import { CircleX, Info, TriangleAlert, WandSparkles } from 'lucide-react';
import { fill, count } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import { IconButton, TOOL } from '#app/_ui/IconButton.tsx';
import type { HelpView, Problem } from './attach.ts';

type HelpToolsProps = { help: HelpView; isOpen: boolean; listId: string; onToggle: () => void };

export default function HelpTools({ help, isOpen, listId, onToggle }: HelpToolsProps) {
  const { problems, speech, format } = help;
  const { words, locale } = speech;
  const worst = (['error', 'warning', 'info'] as const).find((one) =>
    problems.some(({ severity }) => severity === one),
  );
  return (
    <>
      {worst && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-label={count(locale, words.problems, problems.length)}
          data-tip={count(locale, words.problems, problems.length)}
          className={classes(TOOL, 'flex-none text-sm tabular-nums')}
          onClick={onToggle}
        >
          <SeverityMark severity={worst} />
          {problems.length}
        </button>
      )}
      {format && (
        <IconButton label={words.format} keys={formatKeys()} className="flex-none" onClick={format}>
          <WandSparkles />
        </IconButton>
      )}
    </>
  );
}

const MARKS = { error: CircleX, warning: TriangleAlert, info: Info };
const COLOURS = { error: 'text-fail', warning: 'text-near', info: 'text-ink-3' };

/** By shape and colour; whoever hears the page hears the word. */
export function SeverityMark({ severity, label }: { severity: Problem['severity']; label?: string }) {
  const Mark = MARKS[severity];
  return (
    <span
      role={label ? 'img' : undefined}
      aria-label={label}
      className={classes('flex-none', COLOURS[severity])}
    >
      <Mark aria-hidden="true" />
    </span>
  );
}

export function lineOf({ line }: Problem, { speech: { words } }: HelpView): string {
  return fill(words.line, { line });
}

function formatKeys(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⇧⌥F' : 'Shift+Alt+F';
}
