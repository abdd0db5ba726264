/** What is there now and will not be after a return, by name. */
'use client';
import { useCallback, useEffect, useState } from 'react';
import type { Loss } from '#server/protocol/history.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { historyApi } from './history-api.ts';
import { isNothing, LOSS_KINDS, shorten } from './history.ts';
import { useTroubles } from './trouble.ts';
import { useHistoryWords } from './words.ts';

export type LossesSeen =
  | { at: 'looking' }
  | { at: 'known'; losses: Loss[] }
  | { at: 'unknown'; why: string | null; retry: () => void };

/** @param against the snapshot that is gone back to; null where there is none to compare with */
export function useLosses(sandbox: string, against: string | null): LossesSeen {
  const troubleOf = useTroubles();
  const [seen, setSeen] = useState<{ losses: Loss[] } | { error: unknown } | null>(null);
  const look = useCallback(
    () =>
      against !== null &&
      historyApi.losses(sandbox, against).then(
        (losses) => setSeen({ losses }),
        (error: unknown) => setSeen({ error }),
      ),
    [sandbox, against],
  );
  useEffect(() => void look(), [look]);
  const retry = () => {
    setSeen(null);
    void look();
  };
  if (against === null) return { at: 'unknown', why: null, retry };
  if (seen === null) return { at: 'looking' };
  return 'losses' in seen
    ? { at: 'known', losses: seen.losses }
    : { at: 'unknown', why: troubleOf(seen.error), retry };
}

/** `replaced`: others take the place of what goes. */
export function Losses({ losses, replaced }: { losses: LossesSeen; replaced: boolean }) {
  const t = useHistoryWords();
  const { t: page } = useI18n();
  if (losses.at === 'looking')
    return (
      <div role="status" className="after-300ms flex flex-col gap-2 text-ink-2">
        {t.looking}
        <Progress label={t.looking} />
      </div>
    );
  if (losses.at === 'unknown')
    return (
      <Callout kind="near" role="status">
        <p>
          {t.lossUnknown} {losses.why}
        </p>
        {losses.why !== null && (
          <Button kind="text" className="-ml-2" onClick={losses.retry}>
            {page.errors.retry}
          </Button>
        )}
      </Callout>
    );
  if (isNothing(losses.losses)) return <p role="status">{t.nothingLost}</p>;
  const many = losses.losses.length > 1;
  return (
    <div role="status" className="flex flex-col gap-3">
      {losses.losses.map((loss) => (
        <LossOf key={loss.machine} loss={loss} many={many} />
      ))}
      {replaced && <p className="text-sm text-ink-2">{t.replaced}</p>}
    </div>
  );
}

function LossOf({ loss, many }: { loss: Loss; many: boolean }) {
  const t = useHistoryWords();
  if (isNothing([loss])) return null;
  const kinds = LOSS_KINDS.filter((kind) => loss[kind].length > 0);
  return (
    <section className="border-l-2 border-near bg-near-wash px-4 py-2">
      <h3 className="font-strong">{many ? fill(t.lostOn, { machine: loss.machine }) : t.lost}</h3>
      <dl className="mt-1 flex flex-col gap-1">
        {kinds.map((kind) => (
          <div key={kind} className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3">
            <dt className="text-ink-2">{t[kind]}</dt>
            <dd className="flex flex-wrap gap-x-3">
              {loss[kind].map((name) => (
                <code key={name} className="text-mono-sm leading-6 break-all" title={name}>
                  {shorten(name)}
                </code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {loss.more > 0 && <p className="mt-1 text-ink-2">{fill(t.andMore, { count: loss.more })}</p>}
    </section>
  );
}
