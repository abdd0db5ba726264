/** Asks before something is deleted: a machine has no bin. */
'use client';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { nameOf, showName } from './tree.ts';
import { useFilesWords } from './words.ts';

type DeleteProps = { path: string; isFolder: boolean; onDelete: () => void; onCancel: () => void };

export function DeleteDialog({ path, isFolder, onDelete, onCancel }: DeleteProps) {
  const t = useFilesWords();
  return (
    <Dialog title={fill(t.deleteTitle, { name: showName(nameOf(path)) })} onClose={onCancel}>
      <div className="flex flex-col gap-4 px-6 pb-6">
        <p className="font-mono text-mono-xs break-all text-ink-2">{showName(path)}</p>
        <p>{isFolder ? t.deleteFolder : t.deleteText}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onCancel}>{t.cancel}</Button>
          <Button kind="danger" onClick={onDelete}>
            {t.remove}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
