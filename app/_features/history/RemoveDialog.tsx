/** Asks before a state that was kept by hand is removed. */
'use client';
import { useState } from 'react';
import type { SnapshotView } from '#server/protocol/history.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { historyApi } from './history-api.ts';
import type { Past } from './part.ts';
import { useTroubles } from './trouble.ts';
import { useHistoryWords } from './words.ts';

type RemoveProps = { past: Past; snapshot: SnapshotView; onBack: () => void };

export function RemoveDialog({ past, snapshot, onBack }: RemoveProps) {
  const t = useHistoryWords();
  const { t: page } = useI18n();
  const troubleOf = useTroubles();
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const remove = async () => {
    if (working) return;
    setWorking(true);
    try {
      await historyApi.remove(past.sandbox.id, snapshot.id);
      onBack();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };

  return (
    <Dialog title={fill(t.removeTitle, { name: snapshot.name ?? '' })} onClose={past.onClose}>
      <div className="flex min-h-0 flex-col gap-5 overflow-y-auto px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{t.removeText}</p>
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
        <p className="flex flex-wrap justify-end gap-2">
          <Button onClick={onBack}>{page.ui.cancel}</Button>
          <Button kind="danger" aria-disabled={working} onClick={() => void remove()}>
            {working ? page.account.working : t.remove}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
