/** A wait in the queue, a closed machine, a refusal: the empty dock, what happened, what to do, one button. */
'use client';
import { formatWait } from '#app/_lib/format.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { Notice } from '#app/_ui/Notice.tsx';
import type { Still } from './state.ts';

export function Standstill({ still, onReopen }: { still: Still; onReopen: () => void }) {
  const { t } = useI18n();
  if (still.kind === 'queued') return <Queued place={still.place} waitSeconds={still.waitSeconds} />;
  if (still.kind === 'reading')
    return (
      <Notice heading="h2" title={t.learn.readingTitle} text={t.learn.readingText}>
        <Button kind="go" onClick={onReopen}>
          {still.finished ? t.learn.openAgain : t.learn.openMachine}
        </Button>
      </Notice>
    );
  if (still.kind === 'refused') return <Refused code={still.code} onRetry={onReopen} />;
  return (
    <Notice heading="h2" title={t.curtain.closedTitle} text={t.curtain.closedText}>
      <Button kind="go" onClick={onReopen}>
        {t.curtain.fresh}
      </Button>
    </Notice>
  );
}

function Queued({ place, waitSeconds }: { place: number; waitSeconds: number }) {
  const { t, locale } = useI18n();
  const wait = formatWait(waitSeconds, { locale, t });
  return (
    <Notice
      heading="h2"
      title={t.curtain.queuedTitle}
      text={place === 1 ? fill(t.curtain.nextUp, { wait }) : fill(t.curtain.queuedText, { place, wait })}
      water={1 / place}
    >
      <Progress label={t.curtain.queuedTitle} />
    </Notice>
  );
}

function Refused({ code, onRetry }: { code: (Still & { kind: 'refused' })['code']; onRetry: () => void }) {
  const { t, locale } = useI18n();
  const words = t.errors[code];
  return (
    <Notice heading="h2" title={words.title} text={words.text}>
      {code === 'too_many_sandboxes' || code === 'disk_full' ? (
        <ButtonLink kind="go" href={`/${locale}/progress`}>
          {t.errors.closeMachines}
        </ButtonLink>
      ) : (
        <Button kind="go" onClick={onRetry}>
          {t.errors.retry}
        </Button>
      )}
      <ButtonLink href={`/${locale}`}>{t.errors.home}</ButtonLink>
    </Notice>
  );
}
