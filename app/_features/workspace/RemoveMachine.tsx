/** Asks before a machine is removed, and says by count what goes with it. */
'use client';
import { useEffect, useState } from 'react';
import type { MachineContents, SandboxView } from '#server/protocol/sandbox.ts';
import { call } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import { useFailure, useMachineWords } from './machine-words.ts';

type RemoveProps = { sandbox: string; machine: string; onClose: () => void };
/** `unknown`: it could not be looked at; it can be removed all the same. */
type Found = MachineContents | 'looking' | 'unknown';

export function RemoveMachine({ sandbox, machine, onClose }: RemoveProps) {
  const { t } = useI18n();
  const words = useMachineWords();
  const fails = useFailure();
  const [found, setFound] = useState<Found>('looking');
  const path = `/api/sandboxes/${sandbox}/machines/${machine}`;
  useEffect(() => {
    let isGone = false;
    const tell = (what: Found) => isGone || setFound(what);
    call<MachineContents>('GET', `${path}/contents`).then(tell, () => tell('unknown'));
    return () => {
      isGone = true;
    };
  }, [path]);
  const remove = () => {
    onClose();
    void call<SandboxView>('DELETE', path).catch(fails);
  };
  return (
    <Dialog title={fill(words.removeTitle, { machine })} onClose={onClose}>
      <div className="flex flex-col gap-4 px-6 pb-6">
        <p className="text-md text-pretty text-ink-2">{fill(words.removeText, { machine })}</p>
        <Losses found={found} />
        <p className="flex justify-end gap-2">
          <Button onClick={onClose}>{t.ui.cancel}</Button>
          <Button kind="danger" onClick={remove}>
            {fill(words.removeConfirm, { machine })}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}

function Losses({ found }: { found: Found }) {
  const { locale } = useI18n();
  const words = useMachineWords();
  if (found === 'looking') return <Progress label={words.looking} />;
  if (found === 'unknown') return <p className="text-md">{words.unknown}</p>;
  const kinds = ['containers', 'images', 'volumes', 'files'] as const;
  const lost = kinds.flatMap((kind) => {
    const amount = found[kind];
    return amount ? [count(locale, words[kind], amount)] : [];
  });
  return (
    <ul className="flex flex-col border-t border-line text-md" aria-label={words.lost}>
      {(lost.length > 0 ? lost : [words.nothing]).map((line) => (
        <li key={line} className="border-b border-line py-1.5">
          {line}
        </li>
      ))}
      {found.files === null && <li className="border-b border-line py-1.5">{words.filesUnknown}</li>}
    </ul>
  );
}
