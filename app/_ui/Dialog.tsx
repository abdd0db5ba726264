/** A modal dialog on the browser's own element: it traps focus, closes on Escape and on a click beside it, and gives focus back. */
'use client';
import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';

type DialogProps = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The title is read aloud but not shown. */
  bare?: boolean;
  className?: string;
};

/** Mount it to open it. */
export function Dialog({ title, onClose, children, bare = false, className }: DialogProps) {
  const { t } = useI18n();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement;
    if (!dialog.open) dialog.showModal();
    // A palette is for typing; else the title, so that the dialog is read from its beginning.
    dialog.querySelector<HTMLElement>(bare ? 'input' : 'h2')?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [bare]);

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      className={classes('dialog', className)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div className="flex max-h-full min-h-0 flex-col">
        <div className={bare ? 'sr-only' : 'flex items-center gap-4 px-6 pt-5 pb-3'}>
          <h2 id={titleId} tabIndex={-1} className="text-lg font-strong outline-none">
            {title}
          </h2>
          {!bare && (
            <IconButton label={t.ui.close} className="-mr-2 ml-auto" onClick={onClose}>
              <X />
            </IconButton>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
