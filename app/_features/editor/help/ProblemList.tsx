/** The problems of an open file, one under the other: each leads to its line. */
'use client';
import { useEffect, useRef } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import type { HelpView } from './attach.ts';
import { lineOf, SeverityMark } from './HelpTools.tsx';

type ProblemListProps = { id: string; help: HelpView; path: string; onClose: () => void };

export default function ProblemList({ id, help, path, onClose }: ProblemListProps) {
  const list = useRef<HTMLUListElement>(null);
  // It was opened to be read: the keyboard goes on from its first line.
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const { words } = help.speech;
  return (
    <ul
      ref={list}
      id={id}
      aria-label={fill(words.list, { path })}
      className="max-h-48 flex-none overflow-auto border-t border-line bg-paper py-1 text-sm"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          onClose();
          help.focus();
        }
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
      }}
    >
      {help.problems.map((problem) => (
        <li key={`${problem.line}:${problem.column}:${problem.message}`}>
          <button
            type="button"
            className="flex min-h-(--hit) w-full items-start gap-2 px-4 py-1 text-left hover:bg-well focus-visible:outline-offset-[-2px] pointer-coarse:py-3"
            onClick={() => help.show(problem)}
          >
            <span className="pt-0.5">
              <SeverityMark severity={problem.severity} label={words.severity[problem.severity]} />
            </span>
            <span className="min-w-0 flex-1 break-words">{problem.message}</span>
            <span className="flex-none text-ink-3 tabular-nums">{lineOf(problem, help)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
