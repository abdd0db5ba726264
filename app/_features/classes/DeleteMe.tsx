/** Removes everything of this person, after they have typed that they mean it. */
'use client';
import { useState } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { Field } from '#app/_ui/Field.tsx';
import { classApi } from './class-api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Section } from './Section.tsx';
import { joinWords } from './words.ts';

export function DeleteMe({ isGuest }: { isGuest: boolean }) {
  const { locale } = useI18n();
  const t = joinWords(locale);
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const { account, ...always } = t.eraseList;
  const goes = [...Object.values(always), ...(isGuest ? [] : [account])];

  const erase = async () => {
    await classApi.deleteMe();
    location.assign(`/${locale}`);
  };

  return (
    <Section title={t.erase} text={t.eraseText}>
      <p className="mt-3">
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t.eraseButton}
        </Button>
      </p>
      {asking && (
        <ConfirmDialog
          title={t.eraseAsk}
          confirm={t.eraseDo}
          ready={typed.trim().toLowerCase() === t.eraseWord}
          explain={({ hint }) =>
            hint === 'last_admin' ? t.eraseLast : hint === 'owns_classes' ? t.eraseTeaching : null
          }
          onConfirm={erase}
          onClose={() => {
            setAsking(false);
            setTyped('');
          }}
        >
          <ul className="list-disc pl-5">
            {goes.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
          <Field
            label={fill(t.eraseType, { word: t.eraseWord })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="text-ink"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </ConfirmDialog>
      )}
    </Section>
  );
}
