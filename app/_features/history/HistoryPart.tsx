/** Everything about going back: its panel while it is asked for, and the offer to undo once it is done. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { ForkDialog } from './ForkDialog.tsx';
import type { Ask } from './history.ts';
import type { HistoryProps, PartProps, Past, View } from './part.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ReturnDialog } from './ReturnDialog.tsx';
import { Timeline } from './Timeline.tsx';
import { useReturn, type Returning } from './use-return.ts';
import { useHistoryWords } from './words.ts';

export function HistoryPart({ ask, onAsk, lesson, at, line, ...rest }: PartProps) {
  const { sandbox, history } = rest;
  const onClose = () => onAsk(null);
  const props: HistoryProps = {
    ...rest,
    ...line,
    onClose,
    lesson: lesson?.key ?? null,
    steps: lesson?.steps ?? [],
    at: at.index,
    goTo: at.go,
  };
  const returning = useReturn(props);
  if (ask === null) return null;
  if (!sandbox || !history) return <NoMachine onClose={onClose} />;
  return <Panel key={ask} props={{ ...props, sandbox, history }} ask={ask} returning={returning} />;
}

type PanelProps = { props: Omit<Past, 'now'>; ask: Ask; returning: Returning };

function Panel({ props, ask, returning }: PanelProps) {
  const [now] = useState(() => new Date());
  const past = { ...props, now };
  const [view, setView] = useState<View>(
    typeof ask === 'number'
      ? { at: 'return', target: { to: 'step', index: ask } }
      : { at: 'timeline', keeping: ask === 'keep' },
  );
  const back = () => setView({ at: 'timeline', keeping: false });
  switch (view.at) {
    case 'timeline':
      return <Timeline past={past} keeping={view.keeping} onView={setView} />;
    case 'return':
      return <ReturnDialog past={past} target={view.target} returning={returning} onBack={back} />;
    case 'fork':
      return <ForkDialog past={past} snapshot={view.snapshot} onBack={back} />;
    case 'remove':
      return <RemoveDialog past={past} snapshot={view.snapshot} onBack={back} />;
  }
}

function NoMachine({ onClose }: { onClose: () => void }) {
  const t = useHistoryWords();
  const { t: page } = useI18n();
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div className="flex flex-col gap-5 px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{t.noMachine}</p>
        <p className="flex justify-end">
          <Button onClick={onClose}>{page.ui.close}</Button>
        </p>
      </div>
    </Dialog>
  );
}
