/** Asks before a lesson is started again, and says what is lost by it. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';

type RestartProps = {
  scored: boolean;
  onCancel: () => void;
  /** The dialog waits for it. */
  onConfirm: () => Promise<void>;
};

export default function RestartDialog({ scored, onCancel, onConfirm }: RestartProps) {
  const { t } = useI18n();
  const [working, setWorking] = useState(false);
  const confirm = async () => {
    if (working) return;
    setWorking(true);
    await onConfirm();
  };
  return (
    <Dialog title={t.learn.restartTitle} onClose={onCancel}>
      <div className="flex flex-col gap-5 px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{t.learn.restartText}</p>
        {scored && <p className="text-md text-pretty text-ink-2">{t.learn.restartScored}</p>}
        <p className="flex justify-end gap-2">
          <Button onClick={onCancel}>{t.ui.cancel}</Button>
          <Button kind="danger" aria-disabled={working} onClick={() => void confirm()}>
            {working ? t.account.working : t.learn.restartConfirm}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
