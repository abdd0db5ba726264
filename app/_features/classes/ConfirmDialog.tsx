/** Asks before something goes, says what, and tells what went wrong where it is asked. */
'use client';
import { useState, type ReactNode } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { useTroubles } from './trouble.ts';

type ConfirmProps = {
  title: string;
  confirm: string;
  /** False: not yet; the button waits. */
  ready?: boolean;
  /** Words of its own for a refusal; null where the usual ones do. */
  explain?: (error: ApiError) => string | null;
  /** Its refusal is shown in words, and the dialog stays. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
};

export function ConfirmDialog(props: ConfirmProps) {
  const { title, confirm, ready = true, explain, onConfirm, onClose, children } = props;
  const { t } = useI18n();
  const inWords = useTroubles();
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const go = async () => {
    if (working || !ready) return;
    setWorking(true);
    setTrouble(null);
    try {
      await onConfirm();
    } catch (error) {
      const own = error instanceof ApiError ? explain?.(error) : null;
      setTrouble(own ?? inWords(error));
      setWorking(false);
    }
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-5 overflow-y-auto px-6 pb-6 text-md text-pretty text-ink-2">
        {children}
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
        <p className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t.ui.cancel}</Button>
          <Button kind="danger" aria-disabled={working || !ready} onClick={() => void go()}>
            {working ? t.account.working : confirm}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
