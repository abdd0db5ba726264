/** Asks before the machines go back: what they will be, what is lost by it, what stays, and whether it can be undone. */
'use client';
import { useState } from 'react';
import { HISTORY_LIMITS } from '#server/protocol/numbers.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { lossesAgainst, planUndo, type Target } from './history.ts';
import { Losses, useLosses } from './Losses.tsx';
import { clockTime, whenWas } from './moment.ts';
import type { Past } from './part.ts';
import { readAutomatic, type Return, type Returning } from './use-return.ts';
import { placeOf, useHistoryWords } from './words.ts';

type ReturnProps = { past: Past; target: Target; returning: Returning; onBack: () => void };

export function ReturnDialog({ past, target, returning, onBack }: ReturnProps) {
  const t = useHistoryWords();
  const { locale } = useI18n();
  const { sandbox, history, onClose } = past;
  const [trouble, setTrouble] = useState<string | null>(null);
  // As it is read, so it is done: what happens elsewhere meanwhile does not change it.
  const [wish] = useState<Return>(() => ({
    target,
    plan: planUndo(history.snapshots, readAutomatic(sandbox.id), target),
    name: fill(t.before, { time: clockTime(new Date(), locale) }),
  }));
  const losses = useLosses(sandbox.id, lossesAgainst(target, history));
  const { stage } = returning;
  const mayGo = stage === null && sandbox.state === 'ready' && losses.at !== 'looking';
  const words = wordsFor(past, target, t);

  const confirm = async () => {
    if (!mayGo) return;
    const why = await returning.go(wish);
    if (why === null) onClose();
    else setTrouble(why);
  };

  return (
    <Dialog title={words.title} onClose={onClose} className="dialog-sheet">
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-6 pb-2 text-md text-pretty">
        <p>{fill(words.will, { when: whenOf(target, past.now, { t, locale }) })}</p>
        <Losses losses={losses} replaced={target.to === 'step'} />
        <p className="text-ink-2">
          {t.stays} <UndoWords wish={wish} />
        </p>
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
        {sandbox.state !== 'ready' && <p className="text-near">{t.waits}</p>}
      </div>
      <p className="flex flex-wrap justify-end gap-2 px-6 pt-2 pb-6">
        <Button onClick={onBack}>{t.all}</Button>
        <Button kind="go" aria-disabled={!mayGo} onClick={() => void confirm()}>
          {stage === null ? words.do : t[stage]}
        </Button>
      </p>
    </Dialog>
  );
}

function UndoWords({ wish: { plan, name } }: { wish: Return }) {
  const t = useHistoryWords();
  if (!plan.keep) return fill(t.undoNone, { most: HISTORY_LIMITS.named });
  const kept = fill(t.undoKept, { name });
  return plan.instead ? `${kept} ${fill(t.undoInstead, { name: plan.instead.name ?? '' })}` : kept;
}

function wordsFor({ steps }: Past, target: Target, t: ReturnType<typeof useHistoryWords>) {
  if (target.to === 'step') {
    const step = { step: target.index + 1 };
    return { title: fill(t.startTitle, step), will: t.willBegin, do: fill(t.startDo, step) };
  }
  const place = { place: placeOf(target, steps, t) };
  const will = { start: t.willStart, step: t.willStep, named: t.willNamed }[target.snapshot.kind];
  return { title: fill(t.returnTitle, place), will, do: fill(t.returnDo, place) };
}

function whenOf(target: Target, now: Date, words: Parameters<typeof whenWas>[2]): string {
  return target.to === 'step' ? '' : whenWas(target.snapshot.takenAt, now, words);
}
