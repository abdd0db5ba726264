/** What is there now, and a name to keep it under. */
'use client';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { HISTORY_LIMITS } from '#server/protocol/numbers.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { hasRoom, named } from './history.ts';
import { historyApi } from './history-api.ts';
import type { Past } from './part.ts';
import { useTroubles } from './trouble.ts';
import { useHistoryWords } from './words.ts';

type KeepProps = { past: Past; open: boolean; onKept: (name: string) => void };

export function KeepForm({ past, open, onKept }: KeepProps) {
  const t = useHistoryWords();
  const { snapshots } = past.history;
  const room = hasRoom(snapshots);
  const isReady = past.sandbox.state === 'ready';
  const [asking, setAsking] = useState(open && room && isReady);
  const button = useRef<HTMLButtonElement>(null);
  // The form goes with what had the focus in it.
  const wasAsking = useRef(asking);
  useEffect(() => {
    if (wasAsking.current && !asking) button.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  const most = HISTORY_LIMITS.named;
  return (
    <>
      <div className="min-w-0 py-0.5">
        <p className="text-md font-strong">{t.now}</p>
        <p className="text-sm text-ink-2">
          {room ? fill(t.keptOf, { count: named(snapshots).length, most }) : fill(t.full, { most })}
        </p>
      </div>
      {!asking && (
        <Button
          ref={button}
          kind="text"
          aria-disabled={!room || !isReady}
          onClick={() => room && isReady && setAsking(true)}
        >
          {t.keep}
        </Button>
      )}
      {asking && (
        <Naming
          past={past}
          onCancel={() => setAsking(false)}
          onKept={(name) => {
            setAsking(false);
            onKept(name);
          }}
        />
      )}
    </>
  );
}

type NamingProps = { past: Past; onCancel: () => void; onKept: (name: string) => void };

function Naming({ past, onCancel, onKept }: NamingProps) {
  const t = useHistoryWords();
  const { t: page } = useI18n();
  const troubleOf = useTroubles();
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const focus = () => form.current?.querySelector('input')?.focus();
    focus();
    // Where it comes with the dialog, that gives the focus to its title first.
    const frame = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(frame);
  }, []);

  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const given = name.trim();
    if (given === '') return setError(t.nameNeeded);
    setWorking(true);
    try {
      await historyApi.keep(past.sandbox.id, given);
      onKept(given);
    } catch (refusal) {
      setError(troubleOf(refusal));
      setWorking(false);
    }
  };

  return (
    <form
      ref={form}
      className="col-span-2 col-start-2 flex flex-col gap-3 py-2"
      onSubmit={(event) => void keep(event)}
    >
      <Field
        label={t.keepName}
        placeholder={t.keepExample}
        rule={fill(t.nameRule, { most: HISTORY_LIMITS.nameCharacters })}
        error={error}
        maxLength={HISTORY_LIMITS.nameCharacters}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <p className="flex gap-2">
        <Button type="submit" kind="go" aria-disabled={working}>
          {working ? page.account.working : t.keepDo}
        </Button>
        <Button onClick={onCancel}>{page.ui.cancel}</Button>
      </p>
    </form>
  );
}
