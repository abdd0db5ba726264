/** What there is to go back to, from the start over now to the steps ahead, each with what can be done with it. */
'use client';
import { Ellipsis } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { Menu } from '#app/_ui/Menu.tsx';
import type { SnapshotView } from '#server/protocol/history.ts';
import { pointsOf, type Steps } from './history.ts';
import { KeepForm } from './KeepForm.tsx';
import { PointMark } from './PointMark.tsx';
import { whenWas } from './moment.ts';
import { OtherTries } from './OtherTries.tsx';
import type { Past, View } from './part.ts';
import { useHistoryWords } from './words.ts';

type TimelineProps = { past: Past; keeping: boolean; onView: (view: View) => void };

export function Timeline({ past, keeping, onView }: TimelineProps) {
  const t = useHistoryWords();
  const { locale } = useI18n();
  const { sandbox, history, steps, lesson } = past;
  const [said, setSaid] = useState('');
  const now = useRef<HTMLLIElement>(null);
  // Of a long past the present is what one looks for first.
  // (Newer browsers answer with a promise, which is no way to clean up.)
  useEffect(() => void now.current?.scrollIntoView({ block: 'center' }), []);
  const isReady = sandbox.state === 'ready';

  return (
    <Dialog title={t.title} onClose={past.onClose} className="dialog-sheet">
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{count(locale, t.intro, sandbox.machines.length)}</p>
        {!isReady && (
          <p role="status" className="text-md text-near">
            {t.waits}
          </p>
        )}
        {history.snapshots.length === 0 && <p className="text-md text-pretty">{t.nothing}</p>}
        <ol aria-label={t.timeline} className="timeline">
          {pointsOf(history, steps, past.brought).map((point) => {
            if (point.at === 'now')
              return (
                <li key="now" ref={now} aria-current="true">
                  <PointMark kind="now" />
                  <KeepForm past={past} open={keeping} onKept={(name) => setSaid(fill(t.kept, { name }))} />
                </li>
              );
            if (point.at === 'ahead')
              return (
                <Row
                  key={`ahead-${point.index}`}
                  mark="ahead"
                  title={fill(t.step, { step: point.index + 1, title: steps[point.index]!.title })}
                  text={t.ahead}
                >
                  <Button
                    kind="text"
                    aria-disabled={!isReady}
                    aria-label={fill(t.startHereAt, { name: steps[point.index]!.title })}
                    onClick={() =>
                      isReady && onView({ at: 'return', target: { to: 'step', index: point.index } })
                    }
                  >
                    {t.startHere}
                  </Button>
                </Row>
              );
            return (
              <Kept
                key={point.snapshot.id}
                snapshot={point.snapshot}
                past={past}
                isReady={isReady}
                onView={onView}
              />
            );
          })}
        </ol>
        <p role="status" className="sr-only">
          {said}
        </p>
        <OtherTries past={past} />
        {lesson && history.attempts > 0 && (
          <p className="text-sm text-ink-3">{count(locale, t.attempts, history.attempts)}</p>
        )}
      </div>
    </Dialog>
  );
}

type KeptProps = {
  snapshot: SnapshotView;
  past: Past;
  isReady: boolean;
  onView: (view: View) => void;
};

function Kept({ snapshot, past: { steps, now }, isReady, onView }: KeptProps) {
  const t = useHistoryWords();
  const { locale } = useI18n();
  const { kind } = snapshot;
  const when = whenWas(snapshot.takenAt, now, { t, locale });
  const title = titleOf(snapshot, steps, t);
  const text = {
    start: fill(t.startText, { when }),
    step: fill(t.stepText, { when }),
    named: fill(t.namedText, { when, size: formatBytes(snapshot.ownBytes) }),
  }[kind];
  return (
    <Row mark={kind} title={title} text={text}>
      <Button
        kind="text"
        aria-disabled={!isReady}
        aria-label={fill(t.goBackTo, { name: title })}
        onClick={() => isReady && onView({ at: 'return', target: { to: 'snapshot', snapshot } })}
      >
        {t.goBack}
      </Button>
      <Menu
        label={fill(t.more, { name: title })}
        items={[
          { kind: 'action', label: t.fork, onSelect: () => onView({ at: 'fork', snapshot }) },
          ...(kind === 'named'
            ? [
                {
                  kind: 'action',
                  label: t.remove,
                  onSelect: () => onView({ at: 'remove', snapshot }),
                } as const,
              ]
            : []),
        ]}
      >
        <Ellipsis />
      </Menu>
    </Row>
  );
}

function titleOf({ kind, step, name }: SnapshotView, steps: Steps, t: ReturnType<typeof useHistoryWords>) {
  if (kind === 'start') return t.start;
  if (kind === 'named') return name ?? '';
  const index = steps.findIndex(({ id }) => id === step);
  // The lesson was written anew since: its old name is all there is.
  return index < 0 ? (step ?? '') : fill(t.step, { step: index + 1, title: steps[index]!.title });
}

type RowProps = {
  mark: 'start' | 'step' | 'named' | 'ahead';
  title: string;
  text: string;
  children: ReactNode;
};

function Row({ mark, title, text, children }: RowProps) {
  return (
    <li data-point={mark}>
      <PointMark kind={mark} />
      <div className="min-w-0 py-0.5">
        <p className="text-md font-strong break-words">{title}</p>
        <p className="text-sm text-ink-2">{text}</p>
      </div>
      <div className="flex items-center">{children}</div>
    </li>
  );
}
