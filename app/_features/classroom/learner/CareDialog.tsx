/** Asks before a learner's machine is kept longer, taken back or begun anew: what it will be, and what is lost. */
'use client';
import { useState, type ReactNode } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { Care } from '#server/protocol/wall.ts';
import { classroomApi } from '../classroom-api.ts';
import { failureWords } from '../use-failure.ts';
import type { Outline } from '../wall/outline.ts';
import { useWallWords } from '../words.ts';
import { States } from './States.tsx';

export type CareProps = {
  what: Care['what'];
  classId: string;
  learner: { learner: string; name: string };
  sandbox: string;
  outline: Outline | null;
  /** Draws what going back to a snapshot loses. */
  losses: (sandbox: string, snapshot: string) => ReactNode;
  onClose: () => void;
};

export default function CareDialog({ what, classId, learner, sandbox, outline, losses, onClose }: CareProps) {
  const { w, t } = useWallWords();
  const { show } = useVoice();
  const [snapshot, setSnapshot] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isGoing, setGoing] = useState(false);
  const words = {
    extend: { title: w.learner.extendTitle, do: w.learner.extendDo, done: w.learner.extended },
    reset: { title: w.learner.resetTitle, do: w.learner.resetDo, done: w.learner.resetDone },
    rewind: { title: w.learner.rewindTitle, do: w.learner.rewindDo, done: w.learner.rewindDone },
  }[what];
  const care: Care | null = what === 'rewind' ? (snapshot === null ? null : { what, snapshot }) : { what };

  const go = async () => {
    if (!care || isGoing) return;
    setGoing(true);
    try {
      await classroomApi.care(classId, learner.learner, care);
      show(fill(words.done, learner));
      onClose();
    } catch (error) {
      setTrouble(failureWords(error, t));
      setGoing(false);
    }
  };

  return (
    <Dialog title={fill(words.title, learner)} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-6 pb-2 text-md text-pretty">
        {what === 'extend' && <p>{w.learner.extendText}</p>}
        {what === 'reset' && <Callout kind="near">{w.learner.resetText}</Callout>}
        {what === 'rewind' && (
          <>
            <p className="text-ink-2">{w.learner.rewindText}</p>
            <States sandbox={sandbox} outline={outline} chosen={snapshot} onChoose={setSnapshot} />
            {snapshot !== null && (
              <>
                <Callout kind="near">{fill(w.learner.rewindLost, learner)}</Callout>
                {losses(sandbox, snapshot)}
              </>
            )}
          </>
        )}
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
      </div>
      <p className="flex flex-wrap justify-end gap-2 px-6 pt-2 pb-6">
        <Button onClick={onClose}>{t.ui.cancel}</Button>
        <Button
          kind={what === 'extend' ? 'go' : 'danger'}
          aria-disabled={!care || isGoing}
          onClick={() => void go()}
        >
          {words.do}
        </Button>
      </p>
    </Dialog>
  );
}
