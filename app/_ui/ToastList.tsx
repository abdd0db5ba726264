/** The short words themselves, each with its button to close it. */
'use client';
import { X } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';

export type Toast = {
  id: number;
  text: string;
  kind: 'plain' | 'near' | 'fail';
  /** What can be done about it, at once. */
  action?: { label: string; run: () => void };
};

export default function ToastList({ toasts, drop }: { toasts: Toast[]; drop: (id: number) => void }) {
  const { t } = useI18n();
  return toasts.map(({ id, kind, text, action }) => (
    <div key={id} className="toast" data-kind={kind}>
      <span>{text}</span>
      {action && (
        <Button
          kind="text"
          className="-my-1"
          onClick={() => {
            drop(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t.ui.close} className="-my-1 -mr-2" onClick={() => drop(id)}>
        <X />
      </IconButton>
    </div>
  ));
}
