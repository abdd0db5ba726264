/** What solves a task, where it is typed, and the offer to type it. */
'use client';
import type { Solution as Solved } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { useLessonActions } from './actions.tsx';
import { byMachine } from './blocks.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { SolutionTyping } from './SolutionTyping.tsx';

export function Solution({ solution }: { solution: Solved }) {
  const { t } = useI18n();
  const { manyMachines } = useLessonActions();
  return (
    <div className="mt-2">
      <p className="text-ink">{t.lesson.showMeTitle}</p>
      {byMachine(solution.lines).map(({ machine, lines }, index) => (
        <CodeBlock
          key={index}
          block={{
            run: manyMachines ? machine : 'focused',
            text: lines.join('\n'),
            lines: lines.map((text) => [{ text, kind: null }]),
          }}
        />
      ))}
      <SolutionTyping task={solution.task} lines={solution.lines} />
    </div>
  );
}
