/** Asks before a second try is opened beside this one, and then says where the first one is. */
'use client';
import { useState } from 'react';
import type { SnapshotView } from '#server/protocol/history.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { stepAfter } from './history.ts';
import { historyApi } from './history-api.ts';
import type { Past } from './part.ts';
import { useTroubles } from './trouble.ts';
import { placeOf, useHistoryWords } from './words.ts';

type ForkProps = { past: Past; snapshot: SnapshotView; onBack: () => void };

export function ForkDialog({ past, snapshot, onBack }: ForkProps) {
  const t = useHistoryWords();
  const troubleOf = useTroubles();
  const { show } = useVoice();
  const { sandbox: first, steps, at, goTo, enter, onClose } = past;
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const target = { to: 'snapshot', snapshot } as const;

  const fork = async () => {
    if (working) return;
    setWorking(true);
    try {
      const second = await historyApi.fork(first.id, snapshot.id);
      onClose();
      goTo(stepAfter(target, steps) ?? at);
      enter(second);
      show(t.forked, 'plain', { label: t.toFirst, run: () => enter(first) });
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };

  return (
    <Dialog title={fill(t.forkTitle, { place: placeOf(target, steps, t) })} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-5 overflow-y-auto px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{t.forkText}</p>
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
        <p className="flex flex-wrap justify-end gap-2">
          <Button onClick={onBack}>{t.all}</Button>
          <Button kind="go" aria-disabled={working} onClick={() => void fork()}>
            {working ? t.forking : t.forkDo}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
