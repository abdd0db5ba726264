/** The learner's live machines, each with the way back to it and the way to close it. */
'use client';
import { useState } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { formatUntil } from '#app/_lib/format.ts';
import { formatBytes } from '#app/_lib/sizes.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { SandboxView } from '#server/protocol/sandbox.ts';

type MachinesProps = { sandboxes: SandboxView[]; titles: Record<string, string>; now: Date };

export function Machines({ sandboxes, titles, now }: MachinesProps) {
  const { t } = useI18n();
  const { show, say } = useVoice();
  const [open, setOpen] = useState(sandboxes);
  const [asking, setAsking] = useState<SandboxView | null>(null);

  const close = async (sandbox: SandboxView) => {
    setAsking(null);
    try {
      await api.closeSandbox(sandbox.id);
      setOpen((all) => all.filter(({ id }) => id !== sandbox.id));
      say(t.progress.closed);
    } catch (error) {
      const words = t.errors[error instanceof ApiError ? error.code : 'internal'];
      show(`${words.title}. ${words.text}`, 'fail');
    }
  };

  return (
    <section className="mt-10">
      <h2 className="border-t border-ink pt-2 text-lg font-strong">{t.progress.machines}</h2>
      {open.length === 0 && <p className="mt-2 text-md text-ink-2">{t.progress.noMachines}</p>}
      <ul className="mt-2">
        {open.map((sandbox) => (
          <Row
            key={sandbox.id}
            sandbox={sandbox}
            titles={titles}
            now={now}
            onClose={() => setAsking(sandbox)}
          />
        ))}
      </ul>
      {asking && (
        <Dialog title={t.progress.closeTitle} onClose={() => setAsking(null)}>
          <div className="flex flex-col gap-5 px-6 pb-6">
            <p className="text-md text-ink-2">{t.progress.closeText}</p>
            <p className="flex justify-end gap-2">
              <Button onClick={() => setAsking(null)}>{t.ui.cancel}</Button>
              <Button kind="danger" onClick={() => void close(asking)}>
                {t.progress.closeConfirm}
              </Button>
            </p>
          </div>
        </Dialog>
      )}
    </section>
  );
}

type RowProps = { sandbox: SandboxView; titles: Record<string, string>; now: Date; onClose: () => void };

function Row({ sandbox, titles, now, onClose }: RowProps) {
  const { t, locale } = useI18n();
  const { lesson, machines, keptUntil, state } = sandbox;
  const key = lesson && `${lesson.course}/${lesson.lesson}`;
  const disk = machines.reduce((sum, machine) => sum + machine.diskBytes, 0);
  const states = { queued: t.machine.queued, preparing: t.machine.preparing, asleep: t.machine.asleep };
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-line py-2 text-md first:border-0">
      <a
        href={key ? `/${locale}/learn/${key}` : `/${locale}/playground`}
        className="min-w-0 flex-1 truncate py-1 text-ink"
      >
        {key ? (titles[key] ?? key) : t.progress.playground}
      </a>
      <span className="text-sm text-ink-2">
        {state === 'queued' || state === 'preparing' || state === 'asleep'
          ? states[state]
          : formatBytes(disk)}
      </span>
      <span className="text-sm text-ink-3">
        {fill(t.machine.keptFor, { time: formatUntil(keptUntil, now, { locale, t }) })}
      </span>
      <Button onClick={onClose}>{t.progress.close}</Button>
    </li>
  );
}
