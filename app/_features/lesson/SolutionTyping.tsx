/** Offers to type a solution into the terminal, shows how far it is, and stops it. */
'use client';
import { Keyboard, Square } from 'lucide-react';
import type { SolutionLine } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { useLessonActions } from './actions.tsx';

type TypingProps = { task: string; lines: readonly SolutionLine[] };

export function SolutionTyping({ task, lines }: TypingProps) {
  const { t } = useI18n();
  const { typing, typeOut, stopTyping, canRun } = useLessonActions();
  if (typing?.task !== task)
    return (
      <Button aria-disabled={!canRun || typing !== null} onClick={() => canRun && typeOut(task, lines)}>
        <Keyboard />
        {t.learn.typeIt}
      </Button>
    );
  const text = fill(t.learn.typing, { line: typing.line + 1, lines: typing.lines });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={stopTyping}>
        <Square className="size-3! fill-current" />
        {t.learn.stop}
      </Button>
      <span role="status" className="text-sm text-ink-2">
        {text}
      </span>
      <Progress label={text} done={typing.line} total={typing.lines} />
    </div>
  );
}
