/** What stands where the terminal will be while there is none: what happens now, or what happened and what to do. */
'use client';
import { formatWait } from '#app/_lib/format.ts';
import type { Dictionary } from '#app/_lib/i18n/en.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { Notice } from '#app/_ui/Notice.tsx';
import type { SandboxView } from '#server/protocol/sandbox.ts';
import { isClosed, type WorkspaceState } from './state.ts';

type CurtainProps = { state: WorkspaceState; onReopen: () => void };

/** Nothing when the machine is ready. */
export function Curtain({ state, onReopen }: CurtainProps) {
  const { t } = useI18n();
  const { opening, sandbox, line } = state;
  if (typeof opening === 'object') return <Refused code={opening.refused} onRetry={onReopen} />;
  if (line.at === 'closed' && line.code === 4401) return <Refused code="not_signed_in" onRetry={onReopen} />;
  if (line.at === 'closed' && line.code === 4403) return <Refused code="not_allowed" onRetry={onReopen} />;
  if (isClosed(state))
    return (
      <Notice heading="h2" title={t.curtain.closedTitle} text={t.curtain.closedText}>
        <Button kind="go" onClick={onReopen}>
          {t.curtain.fresh}
        </Button>
      </Notice>
    );
  if (opening === 'signing-in') return <Wait text={t.curtain.signIn} />;
  if (!sandbox) return <Wait text={t.machine.opening} />;
  if (sandbox.state === 'queued') return <Queued sandbox={sandbox} />;
  if (sandbox.state === 'preparing') return <Preparing t={t} sandbox={sandbox} />;
  if (sandbox.state === 'asleep') return <Wait title={t.curtain.asleepTitle} text={t.curtain.asleepText} />;
  return null;
}

function Wait({ title, text }: { title?: string; text: string }) {
  return (
    <div
      className="after-300ms m-auto flex flex-col items-center gap-3 p-6 text-center text-md"
      role="status"
    >
      {title && <p className="text-lg font-strong">{title}</p>}
      <p className="text-ink-2">{text}</p>
      <Progress label={text} />
    </div>
  );
}

/** Stages weigh about the same; within one its own count moves the bar. */
const STAGES = ['images', 'machine', 'engine', 'files'] as const;

function Preparing({ t, sandbox }: { t: Dictionary; sandbox: SandboxView }) {
  const { stage, done, total } = sandbox.preparing ?? { stage: 'machine' as const, done: 0, total: 0 };
  const part = total > 0 ? done / total : 0;
  const at = stage === 'waking' ? null : STAGES.indexOf(stage);
  return (
    <div
      className="after-300ms m-auto flex flex-col items-center gap-3 p-6 text-center text-md"
      role="status"
    >
      <p className="text-ink-2">
        {t.stages[stage]}
        {total > 1 && <span className="text-ink-3"> · {fill(t.curtain.preparingText, { done, total })}</span>}
      </p>
      {at === null ? (
        <Progress label={t.stages[stage]} />
      ) : (
        <Progress label={t.stages[stage]} done={at + part} total={STAGES.length} />
      )}
    </div>
  );
}

function Queued({ sandbox }: { sandbox: SandboxView }) {
  const { t, locale } = useI18n();
  const place = sandbox.queue?.place ?? 1;
  const wait = formatWait(sandbox.queue?.waitSeconds ?? 0, { locale, t });
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

function Refused({ code, onRetry }: { code: keyof Dictionary['errors'] & string; onRetry: () => void }) {
  const { t, locale } = useI18n();
  const words = t.errors[code];
  if (typeof words === 'string') return null;
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
