/** What is kept of a learner's machine, newest first, one of them to be chosen. */
'use client';
import { useEffect, useId, useState } from 'react';
import { fill } from '#app/_lib/i18n/words.ts';
import { Progress } from '#app/_ui/Meter.tsx';
import type { SnapshotView } from '#server/protocol/history.ts';
import { classroomApi } from '../classroom-api.ts';
import { clockTime } from '../say.ts';
import { stepNumber, type Outline } from '../wall/outline.ts';
import { useWallWords, type Words } from '../words.ts';

type StatesProps = {
  sandbox: string;
  outline: Outline | null;
  chosen: string | null;
  onChoose: (snapshot: string) => void;
};

export function States({ sandbox, outline, chosen, onChoose }: StatesProps) {
  const words = useWallWords();
  const { w, locale } = words;
  const id = useId();
  const [kept, setKept] = useState<SnapshotView[] | 'failed' | null>(null);
  useEffect(() => {
    classroomApi.history(sandbox).then(
      ({ snapshots }) => setKept(snapshots.toReversed()),
      () => setKept('failed'),
    );
  }, [sandbox]);
  if (kept === null)
    return (
      <div role="status" className="after-300ms flex flex-col gap-2 text-ink-2">
        {w.learner.looking}
        <Progress label={w.learner.looking} />
      </div>
    );
  if (kept === 'failed') return <p className="text-near">{w.learner.pastFailed}</p>;
  if (kept.length === 0) return <p>{w.learner.rewindNone}</p>;
  return (
    <fieldset>
      <legend className="sr-only">{w.learner.states}</legend>
      {kept.map((snapshot) => (
        <label
          key={snapshot.id}
          className="flex min-h-(--hit) items-center gap-3 border-t border-line py-1 first-of-type:border-0"
        >
          <input
            type="radio"
            name={id}
            className="accent-accent"
            checked={snapshot.id === chosen}
            onChange={() => onChoose(snapshot.id)}
          />
          <span className="min-w-0 break-words">{stateName(snapshot, outline, words)}</span>
          <time dateTime={snapshot.takenAt} className="ml-auto text-sm text-ink-3">
            {clockTime(new Date(snapshot.takenAt), locale)}
          </time>
        </label>
      ))}
    </fieldset>
  );
}

function stateName({ kind, step, name }: SnapshotView, outline: Outline | null, { w }: Words): string {
  if (kind === 'start') return w.learner.start;
  if (kind === 'named') return fill(w.learner.kept, { name: name ?? '' });
  const title = outline?.steps.find(({ id }) => id === step)?.title ?? step ?? '';
  return fill(w.learner.stepEnd, { step: stepNumber(outline, step) ?? '?', title });
}
