/** The button of a note; the form comes when it is first pressed. */
'use client';
import { Megaphone } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#app/_ui/Button.tsx';

const NoteDialog = lazy(() => import('./NoteDialog.tsx'));

type NoteButtonProps = { classId: string; to: { learner: string; name: string } | null; label: string };

export function NoteButton({ classId, to, label }: NoteButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={label} data-tip={to ? undefined : label}>
        <Megaphone />
        <span className={to ? 'max-narrow:hidden' : 'max-full:hidden'}>{label}</span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <NoteDialog classId={classId} to={to} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
