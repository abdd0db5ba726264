/** Above a step that this machine is not ready for: how it becomes so. */
'use client';
import type { History } from '#server/protocol/history.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { isAhead } from './ahead.ts';
import type { Steps } from './history.ts';

type StartProps = {
  steps: Steps;
  index: number;
  history: History;
  brought: number;
  onStart: (index: number) => void;
};

export function StartHere({ steps, index, history, brought, onStart }: StartProps) {
  const { t } = useI18n();
  if (!isAhead(steps, index, history, brought)) return null;
  return (
    <p className="mb-3 text-md text-ink-2">
      {t.past.unreached}{' '}
      <button
        type="button"
        className="font-strong text-accent hover:underline"
        onClick={() => onStart(index)}
      >
        {t.past.startHere}
      </button>
    </p>
  );
}
