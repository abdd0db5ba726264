/** For an administrator: who may make classes, by e-mail, and taking it back. */
'use client';
import { useState, type FormEvent } from 'react';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { useVoice } from '#app/_ui/Toasts.tsx';
import type { Instructor } from '#server/protocol/account.ts';
import { classApi } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Section } from './Section.tsx';
import { useTroubles } from './trouble.ts';
import { classWords } from './words.ts';

export function Instructors({ instructors }: { instructors: Instructor[] }) {
  const { locale } = useI18n();
  const t = classWords(locale);
  const { show } = useVoice();
  const [all, setAll] = useState(instructors);
  const [asking, setAsking] = useState<Instructor | null>(null);

  const takeBack = async (one: Instructor) => {
    setAll(await classApi.dropInstructor(one.id));
    setAsking(null);
    show(fill(t.takenBack, { name: one.name }));
  };

  return (
    <Section title={t.instructors} text={t.instructorsText}>
      {all.length === 0 && <p className="mt-3 text-md text-ink-2">{t.noInstructors}</p>}
      <ul className="mt-2">
        {all.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-line py-2 text-md first:border-0"
          >
            <span className="min-w-0 flex-1 wrap-anywhere">
              {one.name} <span className="text-ink-2">{one.email}</span>
            </span>
            <Button onClick={() => setAsking(one)} aria-label={`${t.takeBack}: ${one.name}`}>
              {t.takeBack}
            </Button>
          </li>
        ))}
      </ul>
      <NameOne onNamed={setAll} />
      {asking && (
        <ConfirmDialog
          title={fill(t.takeBackTitle, { name: asking.name })}
          confirm={t.takeBack}
          onConfirm={() => takeBack(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t.takeBackText}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function NameOne({ onNamed }: { onNamed: (all: Instructor[]) => void }) {
  const { t: page, locale } = useI18n();
  const t = classWords(locale);
  const inWords = useTroubles();
  const { show } = useVoice();
  const [email, setEmail] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const given = email.trim();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) return setError(page.account.emailWrong);
    setWorking(true);
    setError(null);
    try {
      const all = await classApi.addInstructor(given);
      onNamed(all);
      setEmail('');
      const named = all.find((one) => one.email.toLowerCase() === given.toLowerCase());
      // An administrator may already, and is not in the list.
      show(fill(t.instructorAdded, { name: named?.name ?? given }));
    } catch (refusal) {
      const unknown = refusal instanceof ApiError && refusal.code === 'not_found';
      setError(unknown ? t.instructorUnknown : inWords(refusal));
    }
    setWorking(false);
  };

  return (
    <form noValidate onSubmit={(event) => void add(event)} className="mt-3 flex max-w-96 flex-col gap-3">
      <Field
        label={t.instructorEmail}
        type="email"
        autoComplete="off"
        error={error}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <p>
        <Button type="submit" aria-disabled={working}>
          {working ? t.working : t.instructorAdd}
        </Button>
      </p>
    </form>
  );
}
