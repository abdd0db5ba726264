/** A button in the text that opens what a port serves, beside the text. */
'use client';
import { AppWindow } from 'lucide-react';
import type { Block } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useLessonActions } from './actions.tsx';

export function PortButton({ block }: { block: Extract<Block, { type: 'port' }> }) {
  const { t } = useI18n();
  const { canRun, isReading, manyMachines, openPort } = useLessonActions();
  const { machine, port, path } = block;
  const why = isReading ? t.learn.runNeedsMachine : t.lesson.runWait;
  return (
    <p>
      <Button
        aria-disabled={!canRun}
        data-tip={canRun ? undefined : why}
        onClick={() => canRun && openPort({ machine, port, path })}
      >
        <AppWindow />
        {fill(manyMachines ? t.preview.openOn : t.preview.open, { machine, port })}
        {path !== '/' && <code>{path}</code>}
      </Button>
    </p>
  );
}
