/** Brings a class's list as CSV, from a file or pasted, and says of each line that was left out why. */
'use client';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { classes } from '#app/_ui/classes.ts';
import { INPUT } from '#app/_ui/input.ts';
import type { RosterEntry, RosterImported } from '#server/protocol/classes.ts';
import { CLASS_LIMITS, NAME_MAX } from '#server/protocol/numbers.ts';
import { classApi } from './class-api.ts';
import { useTroubles } from './trouble.ts';
import { classWords, rosterWords } from './words.ts';

type ImportProps = { id: string; onImported: (roster: RosterEntry[]) => void };

export function RosterImport({ id, onImported }: ImportProps) {
  const { locale } = useI18n();
  const t = rosterWords(locale);
  const inWords = useTroubles();
  const [csv, setCsv] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const [result, setResult] = useState<RosterImported | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const field = useId();

  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setResult(null);
    setError(null);
    try {
      // `fatal`: a list in another encoding is refused here instead of bringing names full of marks.
      setCsv(new TextDecoder('utf-8', { fatal: true }).decode(await chosen.arrayBuffer()));
    } catch {
      setError(t.importUnread);
    }
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    setResult(null);
    if (csv.trim() === '') return setError(t.importEmpty);
    if (csv.length > CLASS_LIMITS.csvCharacters)
      return setError(fill(t.importLong, { most: CLASS_LIMITS.csvCharacters }));
    setError(null);
    setWorking(true);
    try {
      const imported = await classApi.importRoster(id, csv);
      setResult(imported);
      onImported(imported.roster);
      // What was left out stays there to be mended.
      if (imported.problems.length === 0) setCsv('');
    } catch (refusal) {
      setError(inWords(refusal));
    }
    setWorking(false);
  };

  return (
    <form noValidate className="mt-6 flex flex-col gap-3" onSubmit={(event) => void send(event)}>
      <h3 className="text-md font-strong">{t.importTitle}</h3>
      <p id={`${field}-rule`} className="max-w-(--measure) text-md text-pretty text-ink-2">
        {t.importText}
      </p>
      <label htmlFor={field} className="sr-only">
        {t.importPaste}
      </label>
      <textarea
        id={field}
        rows={5}
        spellCheck={false}
        placeholder={t.importExample}
        aria-describedby={`${field}-rule`}
        aria-invalid={error ? true : undefined}
        className={classes(INPUT, 'h-auto! py-2 font-mono text-mono-sm!')}
        value={csv}
        onChange={(event) => setCsv(event.target.value)}
      />
      {error && (
        <p className="text-fail" role="alert">
          {error}
        </p>
      )}
      <p className="flex flex-wrap gap-2">
        <Button type="submit" aria-disabled={working}>
          {working ? classWords(locale).working : t.importDo}
        </Button>
        <Button onClick={() => file.current?.click()}>{t.importFile}</Button>
        <input
          ref={file}
          type="file"
          accept=".csv,text/csv,text/plain"
          aria-label={t.importFile}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            // The same file can be chosen again after it was mended.
            event.target.value = '';
          }}
        />
      </p>
      {result && <Told result={result} />}
    </form>
  );
}

function Told({ result: { added, known, problems } }: { result: RosterImported }) {
  const { locale } = useI18n();
  const t = rosterWords(locale);
  const comma = locale === 'en' ? ', ' : '，';
  const parts = [count(locale, t.added, added)];
  if (known > 0) parts.push(count(locale, t.known, known));
  return (
    <Callout kind={problems.length > 0 ? 'near' : 'plain'} role="status">
      <p>{parts.join(comma)}</p>
      {problems.length > 0 && (
        <>
          <p className="mt-1">{count(locale, t.problems, problems.length)}</p>
          <ul className="list-disc pl-5">
            {problems.map(({ line, reason }) => (
              <li key={`${line} ${reason}`}>
                {fill(t.line, { line, reason: fill(t.reasons[reason], { max: NAME_MAX }) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Callout>
  );
}
