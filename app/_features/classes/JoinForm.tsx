/** The one step into a class: a guest says a name, an account is known already; then straight to the first lesson. */
'use client';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { api } from '#app/_lib/api/browser.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Callout } from '#app/_ui/Callout.tsx';
import { Field } from '#app/_ui/Field.tsx';
import type { Me } from '#server/protocol/account.ts';
import type { JoinPreview, Membership } from '#server/protocol/classes.ts';
import { NAME_MAX } from '#server/protocol/numbers.ts';
import { classApi } from './class-api.ts';
import { troubleOf } from './join-code.ts';
import { useTroubles } from './trouble.ts';
import { joinWords } from './words.ts';

type JoinFormProps = { code: string; preview: JoinPreview; me: Me };

export function JoinForm({ code, preview, me }: JoinFormProps) {
  const { locale } = useI18n();
  const t = joinWords(locale);
  const inWords = useTroubles();
  const account = me.user && me.user.role !== 'guest' ? me.user : null;
  const asks = !account && !preview.joined;
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isKnown = useRef(me.user !== null);

  const tell = (words: string) => {
    setError(words);
    form.current?.querySelector('input')?.focus();
  };

  const join = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const given = name.trim();
    if (asks && given === '') return tell(t.nameNeeded);
    if (asks && given.length > NAME_MAX) return tell(fill(t.nameLong, { max: NAME_MAX }));
    setWorking(true);
    setError(null);
    setTrouble(null);
    try {
      // Once: who tries again is a guest already.
      if (!isKnown.current) await api.signInAsGuest();
      isKnown.current = true;
      location.assign(firstLesson(await classApi.join(code, asks ? given : undefined)));
    } catch (refusal) {
      // Taken back or used up meanwhile: the page says what to do.
      if (refusal instanceof ApiError && troubleOf(refusal.code)) return location.reload();
      setTrouble(inWords(refusal));
      setWorking(false);
    }
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void join(event)} className="flex flex-col gap-4">
      {asks && (
        <Field
          label={t.name}
          rule={t.nameRule}
          error={error}
          autoComplete="name"
          enterKeyHint="go"
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {preview.joined && <p className="text-md text-ink-2">{t.joined}</p>}
      {account && !preview.joined && (
        <p className="text-md text-ink-2">{fill(t.asAccount, { name: account.name })}</p>
      )}
      {trouble && (
        <Callout kind="fail" role="alert">
          {trouble}
        </Callout>
      )}
      <Button type="submit" kind="go" className="h-11! text-md!" aria-disabled={working}>
        {working ? t.joining : preview.joined ? t.toLessons : t.join}
      </Button>
    </form>
  );
}

function firstLesson({ locale, lessons }: Membership): string {
  const first = lessons[0]?.lesson;
  return first ? `/${locale}/learn/${first.course}/${first.lesson}` : `/${locale}/classes`;
}
