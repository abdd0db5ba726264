/** Asks how long a new code is good, and for how many. */
'use client';
import { useState, type FormEvent } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Dialog } from '#app/_ui/Dialog.tsx';
import { Field } from '#app/_ui/Field.tsx';
import type { JoinTerms } from '#server/protocol/classes.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { readTerms, type TermErrors } from './terms.ts';
import { useTroubles } from './trouble.ts';
import { classWords } from './words.ts';

type TermsProps = { replaces: boolean; make: (terms: JoinTerms) => Promise<void>; onClose: () => void };

export function CodeTerms({ replaces, make, onClose }: TermsProps) {
  const { t: page, locale } = useI18n();
  const t = classWords(locale);
  const inWords = useTroubles();
  const [until, setUntil] = useState('');
  const [cap, setCap] = useState('');
  const [errors, setErrors] = useState<TermErrors>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const most = CLASS_LIMITS.learners;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const read = readTerms({ until, cap }, t);
    setErrors('errors' in read ? read.errors : {});
    if ('errors' in read) return;
    setWorking(true);
    setTrouble(null);
    try {
      await make(read.terms);
    } catch (error) {
      setTrouble(inWords(error));
      setWorking(false);
    }
  };

  return (
    <Dialog title={t.codeTitle} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => void send(event)}
        className="flex min-h-0 flex-col gap-5 overflow-y-auto px-6 pb-6"
      >
        <p className="text-md text-pretty text-ink-2">{replaces ? t.codeText : t.codeFirst}</p>
        <Field
          label={t.expires}
          type="datetime-local"
          rule={t.expiresRule}
          error={errors.until}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <Field
          label={t.cap}
          inputMode="numeric"
          autoComplete="off"
          rule={fill(t.capRule, { most })}
          error={errors.cap}
          value={cap}
          onChange={(event) => setCap(event.target.value)}
        />
        {trouble && (
          <Callout kind="fail" role="alert">
            {trouble}
          </Callout>
        )}
        <p className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{page.ui.cancel}</Button>
          <Button type="submit" kind="go" aria-disabled={working}>
            {working ? t.working : t.codeDo}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
